package org.quorate.config.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

/** The pages made of the schema. With {@code -Dquorate.write=true} they are written anew instead of compared. */
class SchemaPageTest {
    private static final Path DOCS = Path.of("..", "docs");

    @Test
    void theReferencePageIsCurrent() throws Exception {
        isCurrent(DOCS.resolve("cluster.conf.md"), SchemaPage.markdown());
    }

    @Test
    void theGrammarIsCurrentAndWellFormed() throws Exception {
        String grammar = SchemaGrammar.relaxNg();
        var document = DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder()
                .parse(new InputSource(new StringReader(grammar)));
        assertThat(document.getDocumentElement().getTagName()).isEqualTo("grammar");
        isCurrent(DOCS.resolve("cluster.rng"), grammar);
    }

    @Test
    void theManualPageIsCurrent() throws Exception {
        String roff = SchemaManual.roff();
        isCurrent(DOCS.resolve("man/cluster.conf.5"), roff);
        assertThat(roff.lines()).allSatisfy(line -> assertThat(line).isNotBlank().doesNotEndWith(" "));
    }

    private static void isCurrent(Path file, String made) throws Exception {
        if (Boolean.getBoolean("quorate.write")) {
            Files.writeString(file, made);
        }
        assertThat(file).as("make it with -Dquorate.write=true").content().isEqualTo(made);
    }
}
