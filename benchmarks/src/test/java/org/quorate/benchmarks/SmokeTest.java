package org.quorate.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Every benchmark runs: once each and as small as it goes. What it measures here means nothing. */
class SmokeTest {
    private static final int BENCHMARKS = 5;

    @Test
    void everyBenchmarkRuns() throws Exception {
        var options = new OptionsBuilder()
                .forks(0).warmupIterations(0).measurementIterations(1).measurementTime(TimeValue.NONE)
                .mode(Mode.SingleShotTime).param("services", "10").param("members", "3")
                .verbosity(VerboseMode.SILENT).shouldFailOnError(true).build();
        assertThat(new Runner(options).run()).hasSize(BENCHMARKS);
    }
}
