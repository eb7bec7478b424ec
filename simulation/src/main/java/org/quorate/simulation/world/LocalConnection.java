package org.quorate.simulation.world;

import java.time.Duration;
import org.quorate.time.Moment;

/**
 * A Unix socket between two processes of a machine: what one side sends comes to the other in order a little later;
 * when one side ends, the other is told after all that was sent before.
 */
public final class LocalConnection {
    private static final Duration QUICKEST = Duration.ofNanos(20_000);
    private static final Duration SLOWEST = Duration.ofNanos(400_000);

    private final Timeline time;
    private final Chance chance;
    private final SimulatedProcess client;
    private final SimulatedProcess server;
    private Moment lastToClient = Moment.START;
    private Moment lastToServer = Moment.START;

    /**
     * Connects them.
     *
     * @param clientLost done by the client when the server ends
     * @param serverLost done by the server when the client ends
     */
    public LocalConnection(World world, Chance chance, SimulatedProcess client, SimulatedProcess server,
            Runnable clientLost, Runnable serverLost) {
        this.time = world.time();
        this.chance = chance;
        this.client = client;
        this.server = server;
        server.whenEnded(() -> toClient(clientLost));
        client.whenEnded(() -> toServer(serverLost));
    }

    /** Does it at the server. */
    public void toServer(Runnable deed) {
        lastToServer = arrival(lastToServer);
        server.at(lastToServer, deed);
    }

    /** Does it at the client. */
    public void toClient(Runnable deed) {
        lastToClient = arrival(lastToClient);
        client.at(lastToClient, deed);
    }

    private Moment arrival(Moment last) {
        var arrival = time.now().plus(chance.between(QUICKEST, SLOWEST));
        return arrival.isBefore(last) ? last : arrival;
    }
}
