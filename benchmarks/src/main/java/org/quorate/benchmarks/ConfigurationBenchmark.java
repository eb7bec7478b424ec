package org.quorate.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.quorate.config.ClusterConfig;
import org.quorate.config.ClusterFile;
import org.quorate.config.ClusterReading;
import org.quorate.config.ClusterValidation;

/**
 * Reading cluster.conf, as daemons do when it changes and ccs_config_validate does: 5000 services are 10 MB. The first
 * shot of each fork is what a command pays, which reads it once; the later ones what a daemon pays that has run.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 5, jvmArgs = {"-Xmx256m", "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders"})
@Warmup(iterations = 0)
@Measurement(iterations = 3)
public class ConfigurationBenchmark {
    /** How many services the file has. */
    @Param({"100", "5000"})
    private int services;

    private byte[] file;

    /** Makes the file, in memory. */
    @Setup
    public void generate() {
        file = LargeConfiguration.of(16, services).getBytes(StandardCharsets.UTF_8);
    }

    /** What a daemon does. */
    @Benchmark
    public ClusterReading read() {
        var reading = ClusterConfig.read(file);
        if (!reading.accepted()) {
            throw new IllegalStateException(reading.errors().getFirst().toString());
        }
        return reading;
    }

    /** What ccs_config_validate does. */
    @Benchmark
    public ClusterValidation validate() {
        var validation = ClusterValidation.of(ClusterFile.parse(file));
        if (validation.config().isEmpty()) {
            throw new IllegalStateException(validation.problems().getFirst().toString());
        }
        return validation;
    }
}
