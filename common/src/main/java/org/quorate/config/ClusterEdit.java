package org.quorate.config;

import java.io.ByteArrayOutputStream;
import java.nio.charset.CharsetEncoder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Changes a cluster.conf as a careful person would: what is not changed stays byte for byte, comments, order, line ends
 * and indentation included.
 *
 * <p>Changes are noted against the tree that was read, and carried out together by {@link #bytes}. One element must not
 * be removed and changed as well.
 */
public final class ClusterEdit {
    private final byte[] original;
    private final XmlText source;
    private final TextLayout layout;
    private final Element root;
    private final CharsetEncoder encoder;
    private final List<Change> changes = new ArrayList<>();
    private final Map<Element, List<NewElement>> appended = new IdentityHashMap<>();
    private final List<Element> parents = new ArrayList<>();
    private final Map<Element, StringBuilder> attributes = new IdentityHashMap<>();

    /** Text that takes the place of other text. */
    private record Change(int start, int end, String text) {}

    private ClusterEdit(byte[] original, XmlText source, Element root) {
        this.original = original;
        this.source = source;
        this.layout = new TextLayout(source.text());
        this.root = root;
        this.encoder = source.charset().newEncoder();
    }

    /** Ready to change these bytes; none when they are not well-formed. */
    public static Optional<ClusterEdit> of(byte[] bytes) {
        Optional<Element> root = ClusterFile.parse(bytes).root();
        try {
            return root.isEmpty() ? Optional.empty()
                    : Optional.of(new ClusterEdit(bytes, XmlText.decode(bytes), root.get()));
        } catch (XmlFault impossible) {
            throw new IllegalStateException("what was parsed can be decoded", impossible);
        }
    }

    /** The tree as it was read. */
    public Element root() {
        return root;
    }

    /** Changes an attribute, or adds it behind the others. */
    public void set(Element element, String name, String value) {
        Optional<Element.Attribute> there =
                element.attributes().stream().filter(attribute -> attribute.name().equals(name)).findFirst();
        if (there.isEmpty()) {
            attributes.computeIfAbsent(element, _ -> new StringBuilder()).append(attribute(name, value));
            return;
        }
        int start = opening(layout.offset(there.get().at()) + name.length());
        char quote = source.text().charAt(start);
        changes.add(new Change(start + 1, source.text().indexOf(quote, start + 1), escaped(value, quote)));
    }

    /** Adds an element behind the last child of another, laid out as those are. */
    public void append(Element parent, NewElement child) {
        if (!appended.containsKey(parent)) {
            parents.add(parent);
        }
        appended.computeIfAbsent(parent, _ -> new ArrayList<>()).add(child);
    }

    /** Takes an element out, with its line where it has one of its own. */
    public void remove(Element element) {
        int start = layout.offset(element.at());
        int end = layout.after(element);
        int line = layout.lineStart(start);
        int next = layout.lineAfter(end);
        boolean whole = (line != start || element.at().column() == 1) && next != end;
        changes.add(whole ? new Change(line, next, "") : new Change(start, end, ""));
    }

    /** All bytes of the changed file. */
    public byte[] bytes() {
        List<Change> all = new ArrayList<>(changes);
        attributes.forEach((element, text) -> {
            int end = endOfAttributes(element);
            all.add(new Change(end, end, text.toString()));
        });
        parents.forEach(parent -> all.add(insertion(parent, appended.get(parent))));
        all.sort(Comparator.comparingInt(Change::start));
        StringBuilder text = new StringBuilder();
        int done = 0;
        for (Change change : all) {
            text.append(source.text(), done, change.start()).append(change.text());
            done = change.end();
        }
        text.append(source.text(), done, source.text().length());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(original, 0, source.mark());
        bytes.writeBytes(text.toString().getBytes(source.charset()));
        assert ClusterFile.parse(bytes.toByteArray()).root().isPresent() : "an edit damaged the file";
        return bytes.toByteArray();
    }

    private Change insertion(Element parent, List<NewElement> children) {
        String outer = layout.indent(parent);
        String inner = layout.childIndent(parent, root);
        StringBuilder lines = new StringBuilder();
        children.forEach(child -> lines.append(rendered(child, inner)));
        if (layout.hasNoEndTag(parent)) {
            int end = layout.afterStartTag(parent);
            int slash = end - 2;
            while (Character.isWhitespace(source.text().charAt(slash - 1))) {
                slash--;
            }
            // Attributes that are added to the same tag stand before this.
            return new Change(slash, end, ">" + layout.lineEnd() + lines + outer + "</" + parent.name() + ">");
        }
        int endTag = layout.endTag(parent);
        int line = layout.lineStart(endTag);
        if (line != endTag || endTag == 0 || isLineEnd(source.text().charAt(endTag - 1))) {
            return new Change(line, line, lines.toString());
        }
        return new Change(endTag, endTag, layout.lineEnd() + lines + outer);
    }

    private static boolean isLineEnd(char c) {
        return c == '\n' || c == '\r';
    }

    private String rendered(NewElement element, String indent) {
        StringBuilder text = new StringBuilder(indent).append('<').append(element.name());
        element.attributes().forEach(setting -> text.append(attribute(setting.name(), setting.value())));
        if (element.children().isEmpty()) {
            return text.append("/>").append(layout.lineEnd()).toString();
        }
        text.append('>').append(layout.lineEnd());
        element.children().forEach(child -> text.append(rendered(child, indent + layout.step(root))));
        return text.append(indent).append("</").append(element.name()).append('>').append(layout.lineEnd()).toString();
    }

    private String attribute(String name, String value) {
        if (!NewElement.isName(name)) {
            throw new IllegalArgumentException(Problem.quoted(name) + " cannot name an attribute");
        }
        return " " + name + "=\"" + escaped(value, '"') + '"';
    }

    /** Behind the last attribute of a start tag, or behind its name. */
    private int endOfAttributes(Element element) {
        if (element.attributes().isEmpty()) {
            return layout.offset(element.at()) + 1 + element.name().length();
        }
        Element.Attribute last = element.attributes().getLast();
        int start = opening(layout.offset(last.at()) + last.name().length());
        return source.text().indexOf(source.text().charAt(start), start + 1) + 1;
    }

    /** The quote with which a value begins, behind the name of its attribute. */
    private int opening(int afterName) {
        int at = afterName;
        while (source.text().charAt(at) != '"' && source.text().charAt(at) != '\'') {
            at++;
        }
        return at;
    }

    private String escaped(String value, char quote) {
        StringBuilder text = new StringBuilder();
        value.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> text.append("&amp;");
                case '<' -> text.append("&lt;");
                case '>' -> text.append("&gt;");
                case '\n', '\r', '\t' -> text.append("&#").append(c).append(';');
                default -> {
                    if (c == quote) {
                        text.append(quote == '"' ? "&quot;" : "&apos;");
                    } else if (c < ' ' || c == 0xFFFE || c == 0xFFFF || c >= 0xD800 && c < 0xE000) {
                        throw new IllegalArgumentException("XML cannot hold the character number " + c);
                    } else if (!encoder.canEncode(Character.toString(c))) {
                        text.append("&#").append(c).append(';');
                    } else {
                        text.appendCodePoint(c);
                    }
                }
            }
        });
        return text.toString();
    }
}
