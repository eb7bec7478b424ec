package org.quorate.fenced;

import java.io.IOException;
import java.nio.file.Files;
import org.quorate.api.ccs.CcsClient;
import org.quorate.config.ClusterConfig;
import org.quorate.system.Paths;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The configuration of ccsd; where none answers, the file: a node must be cut off also while ccsd is down. */
record CcsdOrFile(Paths paths) implements ConfigurationSource {
    private static final Logger LOG = LoggerFactory.getLogger(CcsdOrFile.class);

    @Override
    public ClusterConfig read() throws IOException {
        try (var ccsd = CcsClient.connect(paths, "fenced")) {
            return parsed(ccsd.document().document());
        } catch (IOException silent) {
            LOG.info("ccsd does not answer ({}), reading {}", silent.getMessage(), paths.clusterConf());
        }
        return parsed(Files.readAllBytes(paths.clusterConf()));
    }

    private static ClusterConfig parsed(byte[] document) throws IOException {
        var reading = ClusterConfig.read(document).toStart();
        if (!reading.accepted()) {
            throw new IOException(reading.errors().getFirst().line("cluster.conf"));
        }
        return reading.config().orElseThrow();
    }
}
