package org.quorate.rgmanager.core.tree;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.quorate.config.Element;
import org.quorate.rgmanager.core.tree.ResourceConfiguration.Defaults;

/** The types of {@code agents/agents.xml}, and configurations that use them. */
public final class Agents {
    private Agents() {}

    public static ResourceRules rules() {
        ResourceRules.Reader reader = new ResourceRules.Reader();
        for (Element agent : Xml.parse(resource("agents/agents.xml")).children()) {
            reader.add(agent.attribute("name").orElseThrow() + ".sh", agent);
        }
        return reader.rules();
    }

    /** A configuration with this text below {@code rm}. */
    static ResourceConfiguration configuration(String rm) {
        Element cluster = Xml.parse("<cluster><rm>" + rm + "</rm></cluster>");
        return ResourceConfiguration.read(cluster, rules(), Defaults.FOR_ALL);
    }

    static String resource(String name) {
        try (InputStream in = Agents.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
