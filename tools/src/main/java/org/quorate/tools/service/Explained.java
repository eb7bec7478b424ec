package org.quorate.tools.service;

import java.io.IOException;
import org.quorate.api.rgmanager.Explanation;
import org.quorate.api.rgmanager.RgClient;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.system.Paths;
import org.quorate.wire.RefusedException;

/** What this node's rgmanager says of why a service is where it is. */
public sealed interface Explained {
    /** It says why. */
    record Why(Explanation explanation) implements Explained {}

    /** It does not: there is no such service, or nobody answers; one line. */
    record Unknown(String line) implements Explained {}

    /** Asks it. */
    static Explained ask(Paths paths, ServiceName service) {
        try (var rgmanager = RgClient.connect(paths, "clustat")) {
            return new Why(rgmanager.explain(service));
        } catch (IOException missing) {
            return new Unknown("rgmanager does not answer on this node, and nobody else knows why: "
                    + missing.getMessage());
        } catch (RefusedException refused) {
            return new Unknown(refused.refused().remedy());
        }
    }
}
