package org.quorate.config;

import java.net.InetAddress;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The attributes of one element as typed values. An element that is not in the file has none, so every default
 * applies; a value that makes no sense is told, and the default stands in for it until the file is refused.
 *
 * @param name     of the element, also where it is absent
 * @param element  as it stands in the file
 * @param problems takes what is wrong
 * @param doubt    how bad a wrong flag or number is: below {@code rm} it was never more than a message
 */
record Section(String name, Optional<Element> element, Problems problems, Problem.Severity doubt) {
    private static final Map<String, Boolean> FLAG = Map.of("0", false, "1", true);

    /** An element that is there. */
    static Section of(Element element, Problems problems) {
        return new Section(element.name(), Optional.of(element), problems, Problem.Severity.ERROR);
    }

    /** The only child of that name, there or not; each further one is told. */
    static Section only(Optional<Element> parent, String name, Problems problems) {
        List<Element> all = parent.map(p -> p.all(name)).orElse(List.of());
        for (Element again : all.subList(Math.min(1, all.size()), all.size())) {
            problems.error(again, "element-repeated", "second " + name + " section (first in line "
                    + all.getFirst().at().line() + ")", "make one of them");
        }
        return new Section(name, all.stream().findFirst(), problems, Problem.Severity.ERROR);
    }

    static Section only(Element parent, String name, Problems problems) {
        return only(Optional.of(parent), name, problems);
    }

    /** The same, with wrong flags and numbers as warnings. */
    Section lenient() {
        return new Section(name, element, problems, Problem.Severity.WARNING);
    }

    /** The only child of that name. */
    Section child(String child) {
        return only(element, child, problems);
    }

    /** The children of that name. */
    List<Section> children(String child) {
        if (element.isEmpty()) {
            return List.of();
        }
        List<Section> sections = new ArrayList<>();
        element.get().all(child).forEach(e -> sections.add(of(e, problems)));
        return sections;
    }

    boolean has(String attribute) {
        return element.flatMap(e -> e.attribute(attribute)).isPresent();
    }

    /** A text; an empty one counts as absent. */
    Optional<String> text(String attribute) {
        return element.flatMap(e -> e.attribute(attribute)).filter(value -> !value.isEmpty());
    }

    /** The name every element of this kind must have; empty, and told, where it has none. */
    String requiredName() {
        Optional<String> written = text("name");
        if (written.isEmpty()) {
            error("name-missing", name + " has no name", "give it one");
        }
        return written.orElse("");
    }

    int number(String attribute, int otherwise, Range range) {
        return number(attribute, range).orElse(otherwise);
    }

    /** A whole number, if a right one is written. */
    OptionalInt number(String attribute, Range range) {
        Optional<String> written = element.flatMap(e -> e.attribute(attribute));
        if (written.isEmpty()) {
            return OptionalInt.empty();
        }
        OptionalInt number = range.parse(written.get());
        if (number.isEmpty()) {
            tell(doubt, Range.isWhole(written.get()) ? range.outside() : range.wrong(),
                    isNot(attribute, written.get(), range.toString()));
        }
        return number;
    }

    /** A time of 0 or more in whole units. */
    Duration time(String attribute, Duration otherwise, TemporalUnit unit) {
        OptionalInt number = number(attribute, Range.ANY);
        return number.isPresent() ? Duration.of(number.getAsInt(), unit) : otherwise;
    }

    /** A time in seconds; a negative one is ignored, as it always was, and told. */
    Duration delay(String attribute, Duration otherwise) {
        Optional<String> written = text(attribute);
        if (written.isPresent() && Range.isWhole(written.get()) && written.get().startsWith("-")) {
            warning("negative-delay", attribute + " " + written.get() + " of " + name + " is ignored; "
                    + otherwise.toSeconds() + " is used", "write 0 or more");
            return otherwise;
        }
        return time(attribute, otherwise, ChronoUnit.SECONDS);
    }

    boolean flag(String attribute, boolean otherwise) {
        return word(attribute, otherwise, FLAG, doubt, "bool", "0 or 1");
    }

    /** One of some words; another is told as what the last two parameters say. */
    <T> T word(String attribute, T otherwise, Map<String, T> words, Problem.Severity severity, String expected) {
        return word(attribute, otherwise, words, severity, "enum", expected);
    }

    private <T> T word(String attribute, T otherwise, Map<String, T> words, Problem.Severity severity, String code,
            String expected) {
        Optional<String> written = element.flatMap(e -> e.attribute(attribute));
        if (written.isEmpty()) {
            return otherwise;
        }
        T meaning = words.get(written.get());
        if (meaning == null) {
            tell(severity, code, isNot(attribute, written.get(), expected));
            return otherwise;
        }
        return meaning;
    }

    /** An IPv4 or IPv6 multicast address, if a right one is written. */
    Optional<InetAddress> multicastAddress(String attribute) {
        Optional<String> written = element.flatMap(e -> e.attribute(attribute));
        Optional<InetAddress> address = written.flatMap(Addresses::literal).filter(InetAddress::isMulticastAddress);
        if (written.isPresent() && address.isEmpty()) {
            error("multicast-address", isNot(attribute, written.get(), "a multicast address"),
                    "write one from 224.0.0.0 to 239.255.255.255, or of ff00::/8");
        }
        return address;
    }

    /** Tells, if a name is written and not one of the nodes'. */
    void node(String node, Set<String> nodes) {
        if (!node.isEmpty() && !nodes.isEmpty() && !nodes.contains(node)) {
            String what = text("name").filter(node::equals).isPresent() ? name : subject() + ": node";
            warning("node-undefined", what + " " + Problem.quoted(node) + " is no clusternode",
                    problems.near(node, nodes).orElse("it has no effect"));
        }
    }

    /** Where the element begins. */
    int line() {
        return element.orElseThrow().at().line();
    }

    void error(String code, String what, String remedy) {
        problems.error(element.orElseThrow(), code, what, remedy);
    }

    void warning(String code, String what, String remedy) {
        problems.warning(element.orElseThrow(), code, what, remedy);
    }

    private void tell(Problem.Severity severity, String code, String what) {
        String remedy = severity == Problem.Severity.ERROR ? "correct it" : "it is ignored";
        problems.add(element.orElseThrow().at(), severity, code, what, remedy);
    }

    private String isNot(String attribute, String value, String expected) {
        return attribute + " " + Problem.quoted(value) + " of " + subject() + " is not " + expected;
    }

    /** How the element is called in a message. */
    String subject() {
        return text("name").filter(n -> !name.equals("cluster")).map(n -> name + " " + Problem.quoted(n)).orElse(name);
    }
}
