package org.quorate.cman.config;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.quorate.api.ccs.CcsClient;
import org.quorate.api.ccs.CcsReply;
import org.quorate.config.ClusterConfig;
import org.quorate.system.Paths;
import org.quorate.wire.RefusedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows the configuration in force on this node; while ccsd is away, the last one goes on. */
public final class ConfigurationLink implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationLink.class);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Paths paths;
    private final Consumer<ClusterConfig> changed;
    private final Thread thread;
    private volatile CcsClient client;

    private ConfigurationLink(Paths paths, Consumer<ClusterConfig> changed) {
        this.paths = paths;
        this.changed = changed;
        this.thread = Thread.ofVirtual().name("ccsd-link").unstarted(this::follow);
    }

    /**
     * What is in force now.
     *
     * @throws IOException when ccsd does not answer, or gives something unusable
     */
    public static ClusterConfig read(Paths paths) throws IOException {
        try (var once = CcsClient.connect(paths, "cmand")) {
            return config(once.document());
        }
    }

    /** Calls {@code changed} with every newer configuration, on a thread of its own. */
    public static ConfigurationLink follow(Paths paths, Consumer<ClusterConfig> changed) {
        var link = new ConfigurationLink(paths, changed);
        link.thread.start();
        return link;
    }

    /** Has ccsd look at the file on the disk, which somebody may have put there ({@code cman_tool version -r}). */
    public void reload() {
        Thread.ofVirtual().name("reload").start(() -> {
            try (var once = CcsClient.connect(paths, "cmand")) {
                changed.accept(config(once.reload()));
            } catch (IOException | RefusedException useless) {
                LOG.warn("cannot take the file on the disk into use: {}", useless.getMessage());
            }
        });
    }

    private void follow() {
        try {
            while (true) {
                var ended = new Semaphore(0);
                try (var connected = CcsClient.subscribe(paths, "cmand", version -> fetch(), ended::release)) {
                    client = connected;
                    changed.accept(config(connected.document()));
                    ended.acquire();
                    LOG.warn("ccsd is gone: going on with the configuration of before");
                } catch (IOException away) {
                    LOG.debug("ccsd does not answer: {}", away.getMessage());
                }
                Thread.sleep(RETRY);
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    /** The client's own thread calls, which must not wait for an answer that it would have to read itself. */
    private void fetch() {
        Thread.ofVirtual().name("fetch-configuration").start(() -> {
            try {
                changed.accept(read(paths));
            } catch (IOException useless) {
                LOG.warn("cannot read the new configuration: {}", useless.getMessage());
            }
        });
    }

    private static ClusterConfig config(CcsReply.Document document) throws IOException {
        var reading = ClusterConfig.read(document.document()).toStart();
        return reading.config().orElseThrow(() -> new IOException(reading.errors().getFirst().toString()));
    }

    @Override
    public void close() throws IOException {
        thread.interrupt();
        var now = client;
        if (now != null) {
            now.close();
        }
    }
}
