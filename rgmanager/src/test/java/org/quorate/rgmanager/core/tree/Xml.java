package org.quorate.rgmanager.core.tree;

import java.nio.charset.StandardCharsets;
import org.quorate.config.ClusterFile;
import org.quorate.config.Element;

/** Raw elements of a text, for tests. */
public final class Xml {
    private Xml() {}

    public static Element parse(String text) {
        return ClusterFile.parse(text.getBytes(StandardCharsets.UTF_8)).root()
                .orElseThrow(() -> new IllegalArgumentException(text));
    }
}
