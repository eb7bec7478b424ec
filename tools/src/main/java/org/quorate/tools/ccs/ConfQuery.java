package org.quorate.tools.ccs;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.quorate.config.Element;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** Asks a cluster.conf by XPath 1.0. */
public final class ConfQuery {
    private static final String NAME = "[\\w.:-]+";
    private static final String CHOICE = "(\\[([0-9]+|@" + NAME + "=(\"[^\"]*\"|'[^']*'))])*";
    private static final Pattern SIMPLE =
            Pattern.compile("(/(" + NAME + "|child::\\*)" + CHOICE + ")+(/@(" + NAME + "|\\*))?");

    private final Element root;
    private final Document document;

    /** Ready to ask this tree. */
    public ConfQuery(Element root) {
        this.root = root;
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

    /** Whether this is one of the paths that the small parser of RHEL 6 knows (xpathlite). */
    static boolean isSimple(String expression) {
        return SIMPLE.matcher(expression).matches();
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
            for (Node node : inOrder(found)) {
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

    /** The platform sorts the attributes of an element by their names; as they are written is how they come out. */
    private List<Node> inOrder(NodeList found) {
        List<Node> nodes = new ArrayList<>();
        for (int from = 0, to; from < found.getLength(); from = to) {
            List<Node> ofOne = new ArrayList<>();
            for (to = from; to < found.getLength() && (to == from || ownerOf(found.item(from)) != null
                    && ownerOf(found.item(from)) == ownerOf(found.item(to))); to++) {
                ofOne.add(found.item(to));
            }
            if (ofOne.size() > 1) {
                List<String> written = original(ownerOf(ofOne.getFirst())).attributes().stream()
                        .map(Element.Attribute::name).toList();
                ofOne.sort(Comparator.comparingInt(attribute -> written.indexOf(attribute.getNodeName())));
            }
            nodes.addAll(ofOne);
        }
        return nodes;
    }

    private static Node ownerOf(Node node) {
        return node instanceof Attr attribute ? attribute.getOwnerElement() : null;
    }

    /** The element of the file that a node was made of. */
    private Element original(Node node) {
        if (node == document.getDocumentElement()) {
            return root;
        }
        int before = 0;
        for (Node sibling = node.getPreviousSibling(); sibling != null; sibling = sibling.getPreviousSibling()) {
            before += sibling.getNodeType() == Node.ELEMENT_NODE ? 1 : 0;
        }
        return original(node.getParentNode()).children().get(before);
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
