package org.quorate.agents;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.quorate.config.Element;
import org.quorate.config.Problem;
import org.quorate.config.Problem.Severity;
import org.quorate.config.Spelling;

/** What OCF agents that are installed here make of their parameters in a cluster.conf. Each agent is asked. */
public final class OcfProblems {
    private final OcfFolder folder;
    private final Map<String, List<Element>> references;
    private final List<Problem> found = new ArrayList<>();

    private OcfProblems(OcfFolder folder, Map<String, List<Element>> references) {
        this.folder = folder;
        this.references = references;
    }

    /** All that is to be said; of agents that are not installed just that, as a notice. */
    public static List<Problem> of(Element cluster, OcfFolder folder) {
        OcfProblems problems = new OcfProblems(folder, OcfName.references(cluster));
        OcfName.in(cluster).forEach(problems::judge);
        return List.copyOf(problems.found);
    }

    private void judge(OcfName name, List<Element> elements) {
        Optional<OcfMetaData> known = ask(name);
        found.addAll(OcfDuplicates.among(name, elements, references, known));
        for (Element element : elements) {
            if (element.attribute("ref").isPresent()) {
                continue;
            }
            if (known.isEmpty()) {
                add(element, Severity.NOTICE, "ocf-unasked", name + " cannot be asked here",
                        "its parameters are not judged");
            } else if (known.get().promotable()) {
                add(element, Severity.ERROR, "ocf-promotable", name + " is refused: " + OcfMetaData.PROMOTABLE,
                        OcfMetaData.WITHOUT_ROLES);
            } else {
                judge(name, known.get(), element);
            }
        }
    }

    private void judge(OcfName name, OcfMetaData agent, Element element) {
        for (Element.Attribute attribute : element.attributes()) {
            String parameter = attribute.name();
            boolean ours = List.of("name", "provider", "type").contains(parameter) || parameter.startsWith("__");
            if (!ours && !agent.parameters().contains(parameter)) {
                add(element, Severity.WARNING, "ocf-parameter", name + " knows no parameter " + parameter,
                        Spelling.near(parameter, agent.parameters()).orElse("it is handed to it all the same"));
            }
        }
        for (String parameter : agent.required()) {
            if (element.attribute(parameter).filter(value -> !value.isEmpty()).isEmpty()) {
                add(element, Severity.ERROR, "parameter-missing", name + " needs the parameter " + parameter,
                        "write its " + parameter);
            }
        }
    }

    private Optional<OcfMetaData> ask(OcfName name) {
        Path agent = folder.agent(name);
        try {
            return Files.isExecutable(agent)
                    ? MetaDataText.parse(MetaDataQuestion.ask(agent, folder.root()).getBytes(StandardCharsets.UTF_8))
                            .flatMap(OcfMetaData::of)
                    : Optional.empty();
        } catch (IOException silent) {
            // One that cannot be run cannot be asked, which is what is told of it.
            return Optional.empty();
        }
    }

    private void add(Element at, Severity severity, String code, String what, String remedy) {
        found.add(new Problem(at.at(), severity, what, remedy, code));
    }
}
