package org.quorate.tools.ccs;

import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.quorate.config.Element;
import org.w3c.dom.Document;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** Asks a cluster.conf by XPath 1.0. */
public final class ConfQuery {
    private final Document document;

    /** Ready to ask this tree. */
    public ConfQuery(Element root) {
        try {
            document = DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().newDocument();
        } catch (ParserConfigurationException impossible) {
            throw new IllegalStateException("the platform's own parser makes plain documents", impossible);
        }
        document.appendChild(node(root));
    }

    private Node node(Element element) {
        org.w3c.dom.Element node = document.createElement(element.name());
        element.attributes().forEach(attribute -> node.setAttribute(attribute.name(), attribute.value()));
        if (!element.text().isEmpty()) {
            node.appendChild(document.createTextNode(element.text()));
        }
        element.children().forEach(child -> node.appendChild(node(child)));
        return node;
    }

    /**
     * All matches in document order: the value of an attribute, the text of an element; {@code name=value} when the
     * query has a wildcard.
     *
     * @throws IllegalArgumentException when the expression is none
     */
    public List<String> all(String expression) {
        return all(expression, true);
    }

    /** The same without elements that have no text. */
    public List<String> texts(String expression) {
        return all(expression, false);
    }

    private List<String> all(String expression, boolean withEmpty) {
        if (expression.isBlank()) {
            throw new IllegalArgumentException("an empty expression");
        }
        boolean named = expression.contains("@*") || expression.contains("child::*");
        var xpath = XPathFactory.newDefaultInstance().newXPath();
        try {
            NodeList found = (NodeList) xpath.evaluate(expression, document, XPathConstants.NODESET);
            List<String> values = new ArrayList<>();
            for (int i = 0; i < found.getLength(); i++) {
                Node node = found.item(i);
                String value = value(node);
                if (value.isEmpty() && node.getNodeType() == Node.ELEMENT_NODE && !withEmpty) {
                    continue;
                }
                values.add(named ? node.getNodeName() + "=" + value : value);
            }
            return values;
        } catch (XPathExpressionException noNodes) {
            return List.of(text(xpath, expression));
        }
    }

    private String text(XPath xpath, String expression) {
        try {
            return xpath.evaluate(expression, document);
        } catch (XPathExpressionException wrong) {
            throw new IllegalArgumentException("no XPath expression: " + expression, wrong);
        }
    }

    private static String value(Node node) {
        if (node.getNodeType() != Node.ELEMENT_NODE) {
            return node.getNodeValue() == null ? "" : node.getNodeValue();
        }
        Node first = node.getFirstChild();
        return first != null && first.getNodeType() == Node.TEXT_NODE ? first.getNodeValue() : "";
    }
}
