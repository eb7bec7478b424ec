package org.quorate.rgmanager.agent;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.quorate.agents.MetaDataQuestion;
import org.quorate.agents.MetaDataText;
import org.quorate.agents.OcfFolder;
import org.quorate.agents.OcfName;
import org.quorate.config.Element;
import org.quorate.rgmanager.core.tree.ResourceRules;

/** The OCF agents that a cluster.conf names: only those are asked, since there may be hundreds. */
public final class OcfAgents {
    private final OcfFolder folder;
    private final MetaDataCache cache;
    private final Consumer<String> warnings;

    /**
     * Nothing is read yet.
     *
     * @param cache    what they said before
     * @param warnings takes a line for every agent that cannot be used
     */
    public OcfAgents(OcfFolder folder, MetaDataCache cache, Consumer<String> warnings) {
        this.folder = folder;
        this.cache = cache;
        this.warnings = warnings;
    }

    /** Adds the types of all agents that these configurations name. */
    public void read(ResourceRules.Reader reader, Element... clusters) {
        OcfName.in(clusters).forEach((name, elements) -> {
            Path agent = folder.agent(name);
            reader.addOcf(name, agent.toString(), metaData(name, agent), elements);
        });
    }

    private Optional<Element> metaData(OcfName name, Path agent) {
        if (!Files.isExecutable(agent)) {
            warnings.accept(name + " is not installed here: there is no " + agent);
            return Optional.empty();
        }
        try {
            String text = cache.of(agent, asked -> MetaDataQuestion.ask(asked, folder.root()));
            Optional<Element> root = MetaDataText.parse(text.getBytes(StandardCharsets.UTF_8));
            if (root.isEmpty()) {
                warnings.accept(name + " does not say what it can do: its meta-data are no XML");
            }
            return root;
        } catch (IOException silent) {
            warnings.accept(name + " does not say what it can do: " + silent.getMessage());
            return Optional.empty();
        }
    }
}
