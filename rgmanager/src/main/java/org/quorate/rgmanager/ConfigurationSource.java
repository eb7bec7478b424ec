package org.quorate.rgmanager;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.quorate.agents.OcfFolder;
import org.quorate.api.ccs.CcsClient;
import org.quorate.config.ClusterConfig;
import org.quorate.config.ClusterFile;
import org.quorate.config.Element;
import org.quorate.rgmanager.agent.AgentFolder;
import org.quorate.rgmanager.agent.MetaDataCache;
import org.quorate.rgmanager.agent.OcfAgents;
import org.quorate.rgmanager.core.request.ServiceConfiguration;
import org.quorate.rgmanager.core.tree.ResourceRules;
import org.quorate.system.Paths;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The configuration in force, from ccsd or, where none answers, from the file; and the agents installed here. */
final class ConfigurationSource {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationSource.class);
    private static final String CACHE = "rgmanager-agents.cache";

    private final Paths paths;
    /** By version, in the order in which they were read first. */
    private final Map<Integer, byte[]> documents = new LinkedHashMap<>();

    ConfigurationSource(Paths paths) {
        this.paths = paths;
    }

    /**
     * Reads cluster.conf.
     *
     * @throws IOException when it is not there or of no use, with one line that says what is the matter
     */
    ClusterConfig cluster() throws IOException {
        try (var ccsd = CcsClient.connect(paths, "rgmanager")) {
            return parsed(ccsd.document().document());
        } catch (IOException silent) {
            LOG.info("ccsd does not answer ({}), reading {}", silent.getMessage(), paths.clusterConf());
        }
        return parsed(ClusterFile.bytes(paths.clusterConf()), paths.clusterConf().toString());
    }

    /** Reads the bytes of a cluster.conf. */
    ClusterConfig parsed(byte[] document) throws IOException {
        return parsed(document, "cluster.conf");
    }

    private ClusterConfig parsed(byte[] document, String name) throws IOException {
        var config = ClusterConfig.read(document).toStart().orRefuse(name);
        synchronized (documents) {
            documents.put(config.version(), document);
        }
        return config;
    }

    /**
     * The services of a cluster.conf that may never be in force, by the agents that are installed now.
     *
     * @throws IOException when it is of no use, with one line that says what is the matter
     */
    ServiceConfiguration considered(byte[] document) throws IOException {
        var cluster = ClusterConfig.read(document).toStart().orRefuse("cluster.conf").root();
        return ServiceConfiguration.read(cluster, agents(cluster));
    }

    /** The bytes of a version that was read; none if it was not. */
    byte[] of(int version) {
        synchronized (documents) {
            return documents.getOrDefault(version, new byte[0]);
        }
    }

    /** Forgets the bytes that were read before this version, which is in use, but not those of these older ones. */
    void forgetBefore(int version, Set<Integer> stillNeeded) {
        synchronized (documents) {
            boolean isOlder = documents.containsKey(version);
            for (var read = documents.keySet().iterator(); isOlder && read.hasNext();) {
                int one = read.next();
                isOlder = one != version;
                if (isOlder && !stillNeeded.contains(one)) {
                    read.remove();
                }
            }
        }
    }

    /** The services of a configuration, by the agents that are installed now. */
    ServiceConfiguration services(ClusterConfig cluster) {
        var services = ServiceConfiguration.read(cluster.root(), agents(cluster.root()));
        services.problems().forEach(p -> LOG.warn("{}", p));
        return services;
    }

    private ResourceRules agents(Element cluster) {
        try {
            var cache = MetaDataCache.in(paths.stateFolder().resolve(CACHE));
            var reader = new AgentFolder(paths.agentFolder(), cache, LOG::warn).read();
            new OcfAgents(OcfFolder.of(paths), cache, LOG::warn).read(reader, cluster);
            cache.store();
            reader.messages().forEach(m -> LOG.warn("{}", m.text()));
            return reader.rules();
        } catch (IOException unreadable) {
            LOG.error("cannot read {}, so no service can be run: {}", paths.agentFolder(), unreadable.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return new ResourceRules.Reader().rules();
    }
}
