package org.quorate.rgmanager.core.tree;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.quorate.config.Element;
import org.quorate.config.Location;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Raw elements of a text, for tests: without locations. */
public final class Xml {
    private Xml() {}

    public static Element parse(String text) {
        try {
            DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
            builder.setEntityResolver((_, _) -> new InputSource(new StringReader("")));
            return element(builder.parse(new InputSource(new StringReader(text))).getDocumentElement());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ParserConfigurationException | SAXException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Element element(Node node) {
        List<Element.Attribute> attributes = new ArrayList<>();
        NamedNodeMap given = node.getAttributes();
        for (int i = 0; i < given.getLength(); i++) {
            attributes.add(new Element.Attribute(given.item(i).getNodeName(), given.item(i).getNodeValue(),
                    Location.NOWHERE));
        }
        List<Element> children = new ArrayList<>();
        for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child.getNodeType() == Node.ELEMENT_NODE) {
                children.add(element(child));
            }
        }
        return new Element(node.getNodeName(), attributes, children, node.getTextContent().trim(), Location.NOWHERE);
    }
}
