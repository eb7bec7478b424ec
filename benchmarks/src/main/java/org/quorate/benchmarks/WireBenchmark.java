package org.quorate.benchmarks;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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
import org.quorate.api.rgmanager.RgReply;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.api.rgmanager.ServiceRecord;
import org.quorate.api.rgmanager.ServiceState;
import org.quorate.wire.Cbor;
import org.quorate.wire.Hello;
import org.quorate.wire.MalformedFrameException;

/** Records to CBOR and back: a greeting, and what clustat is told of services. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class WireBenchmark {
    /** How many services; with 0 the message is a greeting. */
    @Param({"0", "10", "1000"})
    private int services;

    private Object message;
    private Class<?> type;
    private byte[] bytes;

    /** Makes the message. */
    @Setup
    public void compose() {
        List<ServiceRecord> records = IntStream.range(0, services)
                .mapToObj(i -> new ServiceRecord(new ServiceName("service:service" + i), i % 16 + 1, 0,
                        ServiceState.STARTED, 0, 1_790_000_000L + i, false, false))
                .toList();
        message = services == 0 ? Hello.of("clustat") : new RgReply.Services(true, records);
        type = message.getClass();
        bytes = Cbor.write(message);
    }

    /** To bytes. */
    @Benchmark
    public byte[] write() {
        return Cbor.write(message);
    }

    /** From bytes. */
    @Benchmark
    public Object read() throws MalformedFrameException {
        return Cbor.read(bytes, type);
    }
}
