package org.quorate.fenced;

import java.io.IOException;
import org.quorate.config.ClusterConfig;

/** Where the configuration in force comes from. */
@FunctionalInterface
interface ConfigurationSource {
    /**
     * Reads it.
     *
     * @throws IOException when it is not there or of no use, with one line that says what is the matter
     */
    ClusterConfig read() throws IOException;
}
