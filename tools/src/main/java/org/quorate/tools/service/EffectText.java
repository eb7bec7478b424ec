package org.quorate.tools.service;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.quorate.api.rgmanager.RgClient;
import org.quorate.api.rgmanager.RgReply;
import org.quorate.api.rgmanager.ServiceChange;
import org.quorate.config.ClusterConfig;
import org.quorate.config.NodeConfig;
import org.quorate.system.Paths;
import org.quorate.wire.RefusedException;

/** What another cluster.conf would do to the services that the cluster runs, told before it is done. */
public final class EffectText {
    private static final String INDENT = "  ";

    private EffectText() {}

    /**
     * Asks the rgmanager of this node; where that does not tell, one line says so.
     *
     * @param document the bytes of the other cluster.conf
     * @return lines for people, at least one
     */
    public static List<String> of(Paths paths, byte[] document) {
        try (var rgmanager = RgClient.connect(paths, "ccs_tool")) {
            return lines(rgmanager.effectOf(document), document);
        } catch (RefusedException refused) {
            return List.of("Services: rgmanager does not tell what becomes of them: " + refused.getMessage());
        } catch (IOException missing) {
            return List.of("Services: no rgmanager answers on this node, so nothing is known of what becomes of them");
        }
    }

    private static List<String> lines(RgReply.Effect effect, byte[] document) {
        if (effect.services().isEmpty()) {
            return List.of("Services: there are none");
        }
        var lines = new ArrayList<>(List.of("Services:"));
        for (var change : effect.services()) {
            change.lines(id -> nameOf(id, document)).forEach(line -> lines.add(INDENT + line));
        }
        effect.remarks().forEach(remark -> lines.add(INDENT + "note: " + remark));
        String interrupted = effect.services().stream().filter(ServiceChange::interrupts)
                .map(change -> change.service().text()).collect(Collectors.joining(", "));
        lines.add(interrupted.isEmpty() ? "Nothing that runs is interrupted." : "Interrupted: " + interrupted);
        return lines;
    }

    private static String nameOf(int id, byte[] document) {
        return ClusterConfig.read(document).config().flatMap(c -> c.node(id)).map(NodeConfig::name)
                .orElse("node " + id);
    }
}
