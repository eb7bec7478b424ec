package org.quorate.rgmanager.core.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.api.rgmanager.ServiceRecord;
import org.quorate.api.rgmanager.ServiceRequest;
import org.quorate.api.rgmanager.ServiceState;
import org.quorate.rgmanager.core.Fixture;
import org.quorate.time.Moment;

class AdviceTest {
    private static final int ME = 1;
    private static final ServiceConfiguration CONFIGURATION = Fixture.configuration(5, "");

    /** A member 1; node 2 is online, 3 is a member without a manager, 4 is a victim, all others are off. */
    private record Around(boolean locked) implements Surroundings {
        @Override
        public ServiceConfiguration configuration() {
            return CONFIGURATION;
        }

        @Override
        public int self() {
            return ME;
        }

        @Override
        public List<Integer> online() {
            return List.of(1, 2);
        }

        @Override
        public Presence presence(int node) {
            return switch (node) {
                case 1, 2 -> Presence.ONLINE;
                case 3 -> Presence.SILENT;
                case 4 -> Presence.VICTIM;
                default -> Presence.GONE;
            };
        }

        @Override
        public boolean quorate() {
            return true;
        }

        @Override
        public ServiceRecord record(ServiceName service) {
            return ServiceRecord.unwritten(service);
        }

        @Override
        public boolean ending() {
            return false;
        }

        @Override
        public Moment now() {
            return Moment.START;
        }

        @Override
        public long wallSeconds() {
            return 1;
        }
    }

    private static ServiceRecord record(String state, String owner) {
        int node = switch (owner) {
            case "me" -> ME;
            case "online" -> 2;
            case "silent" -> 3;
            case "victim" -> 4;
            case "gone" -> 5;
            default -> 0;
        };
        return ServiceRecord.unwritten(ServiceName.parse("a")).ownedBy(node)
                .in(ServiceState.valueOf(state.toUpperCase(Locale.ROOT)), 1);
    }

    private static String words(Advice advice) {
        return switch (advice) {
            case Advice.Go() -> "go";
            case Advice.Nothing() -> "nothing";
            case Advice.MarkStopped() -> "mark";
            case Advice.Refuse(var result, _) -> result.name();
        };
    }

    @ParameterizedTest(name = "{2} of what is {0} on {1}: {3}, when locked {4}")
    @CsvSource(delimiter = '|', textBlock = """
            # state         | owner  | request       | advice    | when starts are locked
              stopped       | -      | START         | go        | TRY_AGAIN
              recoverable   | -      | START         | go        | TRY_AGAIN
              disabled      | -      | ENABLE        | go        | TRY_AGAIN
              disabled      | -      | START_REMOTE  | go        | TRY_AGAIN
              disabled      | -      | START_RECOVER | go        | go
              disabled      | -      | START         | FAILURE   | FAILURE
              disabled      | -      | RESTART       | FAILURE   | FAILURE
              uninitialized | -      | ENABLE        | go        | TRY_AGAIN
              uninitialized | -      | START         | FAILURE   | FAILURE
              failed        | -      | ENABLE        | FAILURE   | FAILURE
              failed        | -      | START_RECOVER | FAILURE   | FAILURE
              recovering    | -      | START_RECOVER | go        | go
              recovering    | -      | ENABLE        | nothing   | nothing
              migrating     | me     | ENABLE        | RUNNING   | RUNNING
              started       | me     | ENABLE        | RUNNING   | RUNNING
              starting      | me     | ENABLE        | RUNNING   | RUNNING
              stopping      | me     | ENABLE        | RUNNING   | RUNNING
              started       | online | ENABLE        | RUNNING   | RUNNING
              checking      | online | ENABLE        | RUNNING   | RUNNING
              started       | silent | ENABLE        | TRY_AGAIN | TRY_AGAIN
              started       | victim | START         | go        | TRY_AGAIN
              started       | gone   | START         | go        | TRY_AGAIN
              starting      | -      | START         | go        | TRY_AGAIN
            """)
    void mayItStart(String state, String owner, ServiceRequest request, String advice, String whenLocked) {
        assertThat(words(Advice.toStart(record(state, owner), request, new Around(false)))).isEqualTo(advice);
        assertThat(words(Advice.toStart(record(state, owner), request, new Around(true)))).isEqualTo(whenLocked);
        var frozen = record(state, owner).flagged(true, false);
        assertThat(words(Advice.toStart(frozen, request, new Around(false)))).isEqualTo("FROZEN");
    }

    @ParameterizedTest(name = "{2} of what is {0} on {1}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            # state         | owner  | request      | advice
              started       | me     | STOP         | go
              started       | me     | DISABLE      | go
              starting      | me     | STOP_USER    | go
              stopping      | me     | STOP_USER    | go
              recovering    | -      | STOP         | go
              migrating     | me     | STOP         | go
              started       | online | STOP         | nothing
              started       | online | STOP_EXITING | nothing
              started       | online | STOP_USER    | NOT_HERE
              started       | online | DISABLE      | NOT_HERE
              started       | online | START_REMOTE | NOT_HERE
              started       | silent | DISABLE      | TRY_AGAIN
              started       | victim | DISABLE      | FENCING
              started       | gone   | STOP         | mark
              recovering    | gone   | DISABLE      | mark
              recoverable   | me     | DISABLE      | go
              recoverable   | me     | STOP         | FAILURE
              failed        | -      | DISABLE      | go
              failed        | -      | STOP_USER    | FAILURE
              stopped       | -      | DISABLE      | go
              stopped       | -      | STOP_USER    | nothing
              disabled      | -      | DISABLE      | go
              disabled      | -      | STOP         | nothing
              uninitialized | -      | DISABLE      | go
              uninitialized | -      | STOP         | nothing
            """)
    void mayItStop(String state, String owner, ServiceRequest request, String advice) {
        assertThat(words(Advice.toStop(record(state, owner), request, new Around(false)))).isEqualTo(advice);
        var frozen = record(state, owner).flagged(true, false);
        assertThat(words(Advice.toStop(frozen, request, new Around(false)))).isEqualTo("FROZEN");
    }
}
