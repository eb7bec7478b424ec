package org.quorate.tools;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import org.quorate.api.ccs.CcsClient;
import org.quorate.config.ClusterFile;
import org.quorate.config.Element;
import org.quorate.daemon.Daemon;
import org.quorate.system.Paths;

/** {@code ccs_config_dump}: prints the configuration in force, or the file's where no ccsd runs. */
public final class CcsConfigDump {
    private static final int FAILED = 255;
    private static final String HELP = """
            Usage:
              ccs_config_dump [options]

            Options:
              -r        the configuration in force alone, not the file's where no ccsd runs
              -h, -V    this text, version
            """;

    private final Paths paths;
    private final PrintStream out;
    private final PrintStream err;

    CcsConfigDump(Paths paths, PrintStream out, PrintStream err) {
        this.paths = paths;
        this.out = out;
        this.err = err;
    }

    /** Runs it. */
    public static void main(String[] args) {
        System.exit(new CcsConfigDump(Paths.ofSystem(), System.out, System.err).run(List.of(args)));
    }

    int run(List<String> words) {
        boolean running = false;
        for (String word : words) {
            switch (word) {
                case "-r" -> running = true;
                case "-h" -> {
                    out.print(HELP);
                    return 0;
                }
                case "-V" -> {
                    out.println("ccs_config_dump " + Daemon.VERSION);
                    return 0;
                }
                default -> {
                    err.println("unknown option: " + word.replaceFirst("^-", ""));
                    err.print(HELP);
                    return 1;
                }
            }
        }
        Optional<Element> root = configuration(running);
        if (root.isEmpty()) {
            return FAILED;
        }
        StringBuilder text = new StringBuilder("<?xml version=\"1.0\"?>\n");
        print(root.get(), "", text);
        out.writeBytes(text.toString().getBytes(UTF_8));
        out.flush();
        return 0;
    }

    private Optional<Element> configuration(boolean running) {
        try (CcsClient client = CcsClient.connect(paths, "ccs_config_dump")) {
            return ClusterFile.parse(client.document().document()).root();
        } catch (IOException none) {
            return running ? Optional.empty() : ClusterFile.read(paths.clusterConf()).root();
        }
    }

    private static void print(Element element, String indent, StringBuilder text) {
        text.append(indent).append('<').append(element.name());
        for (Element.Attribute attribute : element.attributes()) {
            text.append(' ').append(attribute.name()).append("=\"").append(escaped(attribute.value())).append('"');
        }
        if (element.children().isEmpty()) {
            text.append(element.text().isEmpty() ? "/>\n" : ">" + escaped(element.text()) + "</" + element.name()
                    + ">\n");
            return;
        }
        text.append(">\n");
        element.children().forEach(child -> print(child, indent + "\t", text));
        text.append(indent).append("</").append(element.name()).append(">\n");
    }

    private static String escaped(String value) {
        return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;")
                .replace("'", "&apos;").replace("\n", "&#10;").replace("\t", "&#9;").replace("\r", "&#13;");
    }
}
