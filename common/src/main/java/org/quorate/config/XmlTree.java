package org.quorate.config;

import com.ctc.wstx.api.WstxInputProperties;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.XMLInputFactory2;
import org.codehaus.stax2.XMLStreamReader2;

/**
 * Makes elements of a text, each with its place. Entities other than XML's own five are never looked up: a DOCTYPE is
 * refused before the parser sees it.
 */
final class XmlTree {
    private static final int LONGEST_COMPLAINT = 300;

    private final String text;
    private final Places places;
    private final Problems problems;
    private final Deque<Open> open = new ArrayDeque<>();
    private Optional<Element> root = Optional.empty();
    private Location last = new Location(1, 1);
    private int parts;

    /** An element whose end tag has not come yet. */
    private record Open(String name, List<Element.Attribute> attributes, Location at,
            List<Element> children, StringBuilder text) {
        Element close() {
            return new Element(name, attributes, children, text.toString().strip(), at);
        }
    }

    private XmlTree(String text, Problems problems) {
        this.text = text;
        this.places = new Places(text);
        this.problems = problems;
    }

    /**
     * The root element.
     *
     * @param problems takes what is wrong with single attributes; the tree is then there all the same
     * @throws XmlFault when there is no tree
     */
    static Element of(String text, Problems problems) throws XmlFault {
        return new XmlTree(text, problems).read();
    }

    private Element read() throws XmlFault {
        refuseDoctypeAndNothing();
        try {
            XMLStreamReader2 xml = (XMLStreamReader2) factory().createXMLStreamReader(new StringReader(text));
            try {
                while (xml.hasNext()) {
                    take(xml, xml.next());
                }
            } catch (XMLStreamException malformed) {
                // The parser's only other limit; it says it without a place.
                if (malformed.getLocation() == null) {
                    throw fault(xml, "xml-too-large", "an element has more than " + ClusterFile.MOST_ATTRIBUTES
                            + " attributes", "");
                }
                throw malformed;
            } finally {
                xml.close();
            }
        } catch (XMLStreamException malformed) {
            throw syntax(malformed);
        }
        return root.orElseThrow();
    }

    private static XMLInputFactory factory() {
        // A new one for each file: a shared factory would keep the names of every file it ever saw. Woodstox is the
        // only one on the class path; its class cannot be named here, since it carries an annotation that it leaves
        // behind. Another parser would not know the last two properties and be refused.
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        factory.setProperty(XMLInputFactory2.P_LAZY_PARSING, false);
        // The size of the whole file bounds each attribute; which one is too large is told better here than there.
        factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTE_SIZE, Integer.MAX_VALUE);
        factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTES_PER_ELEMENT, ClusterFile.MOST_ATTRIBUTES);
        return factory;
    }

    private void take(XMLStreamReader2 xml, int event) throws XmlFault {
        switch (event) {
            case XMLStreamConstants.START_ELEMENT -> open(xml);
            case XMLStreamConstants.END_ELEMENT -> close();
            case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
                    open.peek().text().append(xml.getTextCharacters(), xml.getTextStart(), xml.getTextLength());
            case XMLStreamConstants.ENTITY_REFERENCE ->
                    throw fault(xml, "xml-syntax", "not well-formed XML: entity " + xml.getLocalName()
                            + " is not declared", "write the character itself");
            default -> {} // comments, processing instructions, blanks around the root
        }
    }

    private void open(XMLStreamReader2 xml) throws XmlFault {
        if (open.size() == ClusterFile.DEEPEST) {
            throw fault(xml, "xml-too-deep", "elements are nested more than " + ClusterFile.DEEPEST + " deep", "");
        }
        int start = (int) xml.getLocationInfo().getStartingCharOffset();
        Location at = places.at(start);
        String name = xml.getLocalName();
        last = at;
        count(xml, at, name);
        open.push(new Open(name, attributes(xml, at, start + 1 + name.length()), at, new ArrayList<>(1),
                new StringBuilder(0)));
    }

    /** What a few bytes each can ask for is bounded here, so that the memory of a tree is. */
    private void count(XMLStreamReader2 xml, Location at, String name) throws XmlFault {
        parts += 1 + xml.getAttributeCount();
        if (parts > ClusterFile.MOST_PARTS) {
            throw new XmlFault(at, "xml-too-large", "the file has more than " + ClusterFile.MOST_PARTS
                    + " elements and attributes", "");
        }
        refuseLong(name, at);
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            refuseLong(xml.getAttributeLocalName(i), at);
        }
    }

    /** Names are repeated in messages. */
    private static void refuseLong(String name, Location at) throws XmlFault {
        if (name.length() > ClusterFile.LONGEST_NAME) {
            throw new XmlFault(at, "xml-too-large", "a name of an element or attribute has " + name.length()
                    + " characters", "the limit is " + ClusterFile.LONGEST_NAME);
        }
    }

    private void close() {
        Element element = open.pop().close();
        if (open.isEmpty()) {
            root = Optional.of(element);
        } else {
            open.peek().children().add(element);
        }
    }

    /** The attributes with their places: the parser has found the tag well-formed, so its text is simple to follow. */
    private List<Element.Attribute> attributes(XMLStreamReader2 xml, Location tag, int afterName) {
        List<Element.Attribute> attributes = new ArrayList<>(xml.getAttributeCount());
        int offset = afterName;
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            offset = afterBlanks(offset);
            String name = xml.getAttributeLocalName(i);
            String value = xml.getAttributeValue(i);
            attributes.add(new Element.Attribute(name, value, places.at(offset)));
            check(xml.getLocalName(), name, value, tag);
            int quote = afterBlanks(afterBlanks(offset + name.length()) + 1);
            offset = text.indexOf(text.charAt(quote), quote + 1) + 1;
        }
        return attributes;
    }

    private void check(String element, String name, String value, Location tag) {
        if (value.length() > ClusterFile.LONGEST_ATTRIBUTE) {
            problems.add(tag, Problem.Severity.ERROR, "xml-attribute-too-large", "attribute " + name + " of " + element
                    + " is " + value.length() + " characters long", "the limit is " + ClusterFile.LONGEST_ATTRIBUTE);
        }
        if (name.equals("xmlns") || name.startsWith("xmlns:")) {
            problems.add(tag, Problem.Severity.ERROR, "namespace", name + " is not used in cluster.conf", "remove it");
        }
    }

    private int afterBlanks(int offset) {
        int at = offset;
        while (text.charAt(at) <= ' ') {
            at++;
        }
        return at;
    }

    /** Before the root only blanks, comments, processing instructions and a DOCTYPE can stand. */
    private void refuseDoctypeAndNothing() throws XmlFault {
        int at = 0;
        while (at >= 0 && at < text.length()) {
            if (text.startsWith("<!DOCTYPE", at)) {
                throw new XmlFault(new Places(text).at(at), "xml-doctype",
                        "DOCTYPE is not allowed in cluster.conf; nothing it names was read", "remove it");
            } else if (text.startsWith("<!--", at)) {
                at = after("-->", at + 4);
            } else if (text.startsWith("<?", at)) {
                at = after("?>", at + 2);
            } else if (" \t\r\n".indexOf(text.charAt(at)) >= 0) {
                at++;
            } else {
                return;
            }
        }
        if (at >= 0) {
            throw new XmlFault(new Location(1, 1), "xml-empty", "the file is empty: it has no root element", "");
        }
    }

    private int after(String end, int from) {
        int at = text.indexOf(end, from);
        return at < 0 ? -1 : at + end.length();
    }

    private XmlFault fault(XMLStreamReader2 xml, String code, String what, String remedy) {
        return new XmlFault(places.at((int) xml.getLocationInfo().getStartingCharOffset()), code, what, remedy);
    }

    private XmlFault syntax(XMLStreamException malformed) {
        var at = malformed.getLocation();
        String message = malformed.getMessage();
        int twice = message.indexOf("\n at [");      // the parser says the place once more in its own way
        String what = message.substring(0, Math.min(twice < 0 ? message.length() : twice, LONGEST_COMPLAINT));
        String context = open.isEmpty() ? "" : " (" + open.peek().name() + " was opened in line "
                + open.peek().at().line() + ")";
        // At the end of a file that ends with a line the parser stands before the first column; sometimes nowhere.
        Location place = at == null || at.getLineNumber() < last.line() ? last
                : new Location(at.getLineNumber(), Math.max(1, at.getColumnNumber()));
        return new XmlFault(place, "xml-syntax", "not well-formed XML: " + what + context, "");
    }
}
