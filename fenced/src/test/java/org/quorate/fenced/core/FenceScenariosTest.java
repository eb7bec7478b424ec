package org.quorate.fenced.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Plays every course of events in the folder {@code scenarios}. */
class FenceScenariosTest {
    private static final Consumer<FenceEffect> NOBODY = effect -> { };

    static List<String> names() throws IOException, URISyntaxException {
        try (Stream<Path> files = Files.list(folder())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void aCourseOfEventsEndsAsWritten(String name) throws IOException, URISyntaxException {
        play(name, NOBODY);
    }

    @Test
    void everyReasonAndEveryDeedOccursInSomeScenario() throws IOException, URISyntaxException {
        var effects = new ArrayList<FenceEffect>();
        for (var name : names()) {
            play(name, effects::add);
        }
        assertThat(effects.stream().flatMap(effect -> effect.reason().stream())).contains(Why.values());
        assertThat(effects.stream().<Class<?>>map(Object::getClass).distinct().toList())
                .containsAll(Arrays.asList(FenceEffect.class.getPermittedSubclasses()));
        assertThat(effects).allSatisfy(effect -> {
            assertThat(effect.line()).isNotBlank().doesNotContain("\n");
            assertThat(effect.weight()).isNotNull();
        });
    }

    private static void play(String name, Consumer<FenceEffect> spy) throws IOException, URISyntaxException {
        new Scenario(Files.readAllLines(folder().resolve(name)), spy).play();
    }

    private static Path folder() throws URISyntaxException {
        return Path.of(FenceScenariosTest.class.getResource("scenarios").toURI());
    }
}
