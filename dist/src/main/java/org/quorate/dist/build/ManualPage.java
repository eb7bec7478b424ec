package org.quorate.dist.build;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;

/**
 * One manual page, of Markdown, in the macros of man(7).
 *
 * @param file its name among manual pages, {@code ccsd.8}
 * @param roff its text
 */
record ManualPage(String file, String roff) {
    private static final Pattern TITLE = Pattern.compile("# ([A-Za-z0-9._-]+)\\(([1-8])\\)\\s*\\n");
    private static final String DATE = "2026-11-22";

    /**
     * Makes one.
     *
     * @throws IllegalArgumentException when it has no title
     */
    static ManualPage of(String markdown) {
        Matcher title = TITLE.matcher(markdown);
        if (!title.lookingAt()) {
            throw new IllegalArgumentException("a manual page begins with its title, # NAME(SECTION)");
        }
        Writer writer = new Writer();
        Parser.builder().build().parse(markdown.substring(title.end())).accept(writer);
        String name = title.group(1);
        String section = title.group(2);
        return new ManualPage(name + "." + section, ".TH " + escaped(name.toUpperCase(Locale.ROOT)) + " " + section
                + " " + DATE + " Quorate \"Quorate Manual\"\n" + writer.text);
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\e").replace("-", "\\-");
    }

    /** Writes the nodes that the pages are made of; each block begins a line and ends with one. */
    private static final class Writer extends AbstractVisitor {
        private final StringBuilder text = new StringBuilder();

        @Override
        public void visit(Heading heading) {
            text.append(heading.getLevel() < 3 ? ".SH " : ".SS ");
            visitChildren(heading);
            text.append('\n');
        }

        @Override
        public void visit(Paragraph paragraph) {
            boolean first = paragraph.getPrevious() == null || paragraph.getPrevious() instanceof Heading;
            if (!(paragraph.getParent() instanceof ListItem) && !first) {
                text.append(".PP\n");
            }
            visitChildren(paragraph);
            text.append('\n');
        }

        @Override
        public void visit(BulletList list) {
            visitChildren(list);
            // What follows the list stands where the text before it stood.
            if (list.getNext() != null && !(list.getNext() instanceof Heading)
                    && !(list.getNext() instanceof Paragraph)) {
                text.append(".PP\n");
            }
        }

        @Override
        public void visit(ListItem item) {
            text.append(".IP \\(bu 2\n");
            visitChildren(item);
        }

        @Override
        public void visit(IndentedCodeBlock block) {
            lines(block, block.getLiteral());
        }

        @Override
        public void visit(FencedCodeBlock block) {
            lines(block, block.getLiteral());
        }

        private void lines(Node block, String literal) {
            if (block.getPrevious() instanceof Paragraph) {
                text.append(".PP\n");
            }
            text.append(".nf\n");
            literal.lines().forEach(line -> text.append(beginning(escaped(line))).append('\n'));
            text.append(".fi\n");
        }

        @Override
        public void visit(Code code) {
            word("\\fB" + escaped(code.getLiteral()) + "\\fR");
        }

        @Override
        public void visit(StrongEmphasis strong) {
            word("\\fB");
            visitChildren(strong);
            word("\\fR");
        }

        @Override
        public void visit(Emphasis emphasis) {
            word("\\fI");
            visitChildren(emphasis);
            word("\\fR");
        }

        @Override
        public void visit(Link link) {
            visitChildren(link);
        }

        @Override
        public void visit(Text words) {
            word(escaped(words.getLiteral()));
        }

        @Override
        public void visit(SoftLineBreak lineBreak) {
            text.append('\n');
        }

        @Override
        public void visit(HardLineBreak lineBreak) {
            text.append("\n.br\n");
        }

        private void word(String escaped) {
            boolean begins = text.isEmpty() || text.charAt(text.length() - 1) == '\n';
            text.append(begins ? beginning(escaped) : escaped);
        }

        /** A line of text must not be taken for a request. */
        private static String beginning(String line) {
            return line.startsWith(".") || line.startsWith("'") ? "\\&" + line : line;
        }
    }
}
