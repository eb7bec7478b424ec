package org.quorate.fenced;

import java.io.IOException;
import org.quorate.api.ccs.CcsClient;
import org.quorate.config.ClusterConfig;
import org.quorate.config.ClusterFile;
import org.quorate.system.Paths;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The configuration of ccsd; where none answers, the file: a node must be cut off also while ccsd is down. */
record CcsdOrFile(Paths paths) implements ConfigurationSource {
    private static final Logger LOG = LoggerFactory.getLogger(CcsdOrFile.class);

    @Override
    public ClusterConfig read() throws IOException {
        try (var ccsd = CcsClient.connect(paths, "fenced")) {
            return parsed(ccsd.document().document(), "cluster.conf");
        } catch (IOException silent) {
            LOG.info("ccsd does not answer ({}), reading {}", silent.getMessage(), paths.clusterConf());
        }
        return parsed(ClusterFile.bytes(paths.clusterConf()), paths.clusterConf().toString());
    }

    private static ClusterConfig parsed(byte[] document, String name) throws IOException {
        return ClusterConfig.read(document).toStart().orRefuse(name);
    }
}
