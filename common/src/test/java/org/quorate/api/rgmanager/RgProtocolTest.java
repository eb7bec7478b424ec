package org.quorate.api.rgmanager;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.quorate.wire.MalformedFrameException;

class RgProtocolTest {
    private static final ServiceName WEB = ServiceName.parse("web");
    private static final ServiceRecord RECORD =
            new ServiceRecord(WEB, 1, 2, ServiceState.STARTED, 3, 1236074142, true, false);

    private static final ServiceChange CHANGE = new ServiceChange(WEB, ServiceChange.Kind.CHANGED, 2, "",
            List.of(new ResourceChange("service:web/fs:data", ResourceChange.Deed.RESTART, "device changes")));

    static Stream<RgRequest> requests() {
        return Stream.of(new RgRequest.ServicesQuery(), new RgRequest.ManagersQuery(), new RgRequest.LockQuery(),
                new RgRequest.SetLock(true), new RgRequest.Act(ServiceRequest.RELOCATE, WEB, 2, false),
                new RgRequest.Subscribe());
    }

    static Stream<RgReply> replies() {
        return Stream.of(new RgReply.Services(true, List.of(RECORD)), new RgReply.Managers(List.of(1, 2), 0),
                new RgReply.Locked(false), new RgReply.Ended(ServiceResult.TRY_AGAIN, 0, "locked"),
                new RgReply.Effect(List.of(CHANGE), List.of("odd")));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void requestsArriveAsTheyWereSent(RgRequest request) throws MalformedFrameException {
        var messages = RgProtocol.LOCAL.requests();
        assertThat(messages.unpack(messages.pack(request))).isEqualTo(request);
    }

    @ParameterizedTest
    @MethodSource("replies")
    void repliesArriveAsTheyWereSent(RgReply reply) throws MalformedFrameException {
        var messages = RgProtocol.LOCAL.replies();
        assertThat(messages.unpack(messages.pack(reply))).isEqualTo(reply);
    }

    @Test
    void theBytesOfAConfigurationArriveAsTheyWereSent() throws MalformedFrameException {
        var messages = RgProtocol.LOCAL.requests();
        var arrived = (RgRequest.EffectQuery) messages.unpack(messages.pack(
                new RgRequest.EffectQuery(new byte[] {'<', 'c'})));
        assertThat(arrived.document()).containsExactly('<', 'c');
    }

    @ParameterizedTest(name = "{4}")
    @CsvSource(delimiter = '|', textBlock = """
            # kind         | owner | deed        | line                                       | interrupts
              UNTOUCHED    | 2     | RESTART     | service:web on n2 is left alone: so        | false
              RECONFIGURED | 2     | RECONFIGURE | service:web on n2 runs on and is told of its new values: so | false
              CHANGED      | 2     | RESTART     | service:web on n2 runs on, but for some of its resources: so | true
              CHANGED      | 2     | START       | service:web on n2 runs on, but for some of its resources: so | false
              UNTOUCHED    | 0     | STOP        | service:web (not running) is left alone: so | false
              RESTARTED    | 2     | RESTART     | service:web on n2 restarts: so             | true
              REMOVED      | 0     | STOP        | service:web (not running) stops and is gone: so | false
              ADDED        | 0     | START       | service:web is new: so                     | false
            """)
    void aChangeIsToldInALine(ServiceChange.Kind kind, int owner, ResourceChange.Deed deed, String line,
            boolean interrupts) {
        var change = new ServiceChange(WEB, kind, owner, "so",
                List.of(new ResourceChange("service:web/fs:data", deed, "for a reason")));
        assertThat(change.lines(n -> "n" + n).getFirst()).isEqualTo(line);
        assertThat(change.lines(n -> "n" + n)).hasSize(
                kind == ServiceChange.Kind.CHANGED || kind == ServiceChange.Kind.RECONFIGURED ? 2 : 1);
        assertThat(change.interrupts()).isEqualTo(interrupts);
    }

    @Test
    void eventsArriveAsTheyWereSent() throws MalformedFrameException {
        var messages = RgProtocol.LOCAL.events();
        var event = new RgEvent.ServiceChanged(RECORD);
        assertThat(messages.unpack(messages.pack(event))).isEqualTo(event);
    }

    @ParameterizedTest(name = "{0} is {2}")
    @CsvSource(delimiter = '|', textBlock = """
            # result        | code | exit | text
              SUCCESS        | 0    | 0    | Success
              FAILURE        | -1   | 255  | Failure
              ABORTED        | -2   | 254  | Aborted; service failed
              NOT_HERE       | -3   | 253  | Service not mastered locally
              NO_SERVICE     | -4   | 252  | Service does not exist
              DEADLOCK       | -5   | 251  | Operation would cause a deadlock
              TRY_AGAIN      | -6   | 250  | Temporary failure; try again
              DEPENDENCY     | -7   | 249  | Operation violates dependency rule
              INVALID        | -8   | 248  | Invalid operation for resource
              NO_QUORUM      | -9   | 247  | Operation requires quorum
              RUNNING        | -10  | 0    | Service is already running
              FROZEN         | -11  | 245  | Failure: Service is frozen
              NO_NODE        | -12  | 244  | Target node dead / nonexistent
              FENCING        | -13  | 243  | Fencing operation pending; try again later
              SCRIPT         | -14  | 242  | S/Lang Script Error
              DOMAIN         | -15  | 241  | Service not runnable
              EXCLUSIVE      | -16  | 240  | Service not runnable: cannot run exclusive
              ORIGINAL_OWNER | -17  | 239  | Failed; service running on original owner
              PERMISSION     | -18  | 238  | Permission denied
              WARNING        | -19  | 237  | Warning; see system logs
              YES            | 1    | 1    | Yes
              NO             | 2    | 2    | No
            """)
    void resultsHaveTheOriginalsNumbersAndWords(ServiceResult result, int code, int exit, String text) {
        assertThat(result.code()).isEqualTo(code);
        assertThat(result.exitStatus()).isEqualTo(exit);
        assertThat(result.text()).isEqualTo(text);
    }
}
