package org.quorate.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quorate.api.rgmanager.RgReply;
import org.quorate.api.rgmanager.RgRequest;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.api.rgmanager.ServiceRequest;
import org.quorate.api.rgmanager.ServiceResult;

class ClusvcadmTest {
    @TempDir
    private Path root;
    private ScriptedCluster cluster;
    private final Sheet out = new Sheet();
    private final Sheet err = new Sheet();

    @BeforeEach
    void twoMembers() {
        cluster = new ScriptedCluster(root).node(1, "amcluster1", true).node(2, "amcluster2", true)
                .node(3, "spare", false);
    }

    @AfterEach
    void close() throws IOException {
        cluster.close();
    }

    private int clusvcadm(String... arguments) {
        out.turn();
        err.turn();
        return new Clusvcadm(cluster.paths, out, err).run(List.of(arguments));
    }

    private String printed() {
        return out.text();
    }

    @ParameterizedTest(name = "clusvcadm {0}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            # arguments | answer         | owner | exit | before the answer           | after it
              -e a      | SUCCESS        | 1 | 0   | Local machine trying to enable  | now on amcluster1
              -e a -m 2 | RUNNING        | 0 | 0   | Member amcluster2 trying to enable  | nothing
              -r a -m 2 | SUCCESS        | 2 | 0   | Trying to relocate to amcluster2    | now on amcluster2
              -r a -n 2 | SUCCESS        | 1 | 0   | Trying to relocate to amcluster2    | warning of amcluster1
              -r a      | ORIGINAL_OWNER | 1 | 239 | Trying to relocate              | nothing
              -d a      | SUCCESS        | 0 | 0   | Local machine disabling         | nothing
              -s a      | FAILURE        | 0 | 255 | Local machine stopping          | nothing
              -R a      | SUCCESS        | 1 | 0   | Local machine trying to restart | nothing
              -Z a      | TRY_AGAIN      | 0 | 250 | Local machine freezing          | nothing
              -U a      | SUCCESS        | 0 | 0   | Local machine unfreezing        | nothing
              -c a      | INVALID        | 0 | 248 | Local machine convalescing      | nothing
              -e a      | NO_SERVICE     | 0 | 252 | Local machine trying to enable  | nothing
              -d a      | WARNING        | 0 | 237 | Local machine disabling         | nothing
              -e a      | PERMISSION     | 0 | 238 | Local machine trying to enable  | nothing
              -e a      | NO_QUORUM      | 0 | 247 | Local machine trying to enable  | nothing
              -e a      | FROZEN         | 0 | 245 | Local machine trying to enable  | nothing
              -M a -m 2 | SUCCESS        | 2 | 0   | Trying to migrate to amcluster2 | nothing
            """)
    void whatIsSaidAndTheExitStatus(String arguments, ServiceResult answer, int owner, int exit, String before,
            String after) throws IOException {
        cluster.cman().rgmanager(_ -> new RgReply.Ended(answer, owner, ""));
        assertThat(clusvcadm(arguments.replace("2", "AMCLUSTER2").split(" "))).isEqualTo(exit);
        String said = before.contains(" to amcluster2")
                ? before.replace(" to amcluster2", " service:a to amcluster2") : before + " service:a";
        String then = switch (after) {
            case "nothing" -> "";
            case "warning of amcluster1" -> "Warning: service:a is now running on amcluster1\n";
            default -> "service:a is now running on " + after.substring("now on ".length()) + "\n";
        };
        assertThat(printed()).isEqualTo(said + "..." + answer.text() + "\n" + then);
    }

    @ParameterizedTest(name = "{0} {2}")
    @CsvSource(delimiter = '|', textBlock = """
            # code | exit | text
              0    | 0    | Success
              -1   | 255  | Failure
              -2   | 254  | Aborted; service failed
              -3   | 253  | Service not mastered locally
              -4   | 252  | Service does not exist
              -5   | 251  | Operation would cause a deadlock
              -6   | 250  | Temporary failure; try again
              -7   | 249  | Operation violates dependency rule
              -8   | 248  | Invalid operation for resource
              -9   | 247  | Operation requires quorum
              -10  | 0    | Service is already running
              -11  | 245  | Failure: Service is frozen
              -12  | 244  | Target node dead / nonexistent
              -13  | 243  | Fencing operation pending; try again later
              -14  | 242  | S/Lang Script Error
              -15  | 241  | Service not runnable
              -16  | 240  | Service not runnable: cannot run exclusive
              -17  | 239  | Failed; service running on original owner
              -18  | 238  | Permission denied
              -19  | 237  | Warning; see system logs
              1    | 1    | Yes
              2    | 2    | No
            """)
    void eachAnswerHasATextAndAStatus(int code, int exit, String text) throws IOException {
        var answer = Arrays.stream(ServiceResult.values()).filter(r -> r.code() == code).findFirst().orElseThrow();
        cluster.cman().rgmanager(_ -> new RgReply.Ended(answer, 0, "why"));
        assertThat(clusvcadm("-d", "a")).isEqualTo(exit);
        assertThat(printed()).isEqualTo("Local machine disabling service:a..." + text + "\n");
        assertThat(err.text()).isEqualTo(code == 0 ? "" : "clusvcadm: why\n");
    }

    @Test
    void theRequestSaysWhatIsWanted() throws IOException {
        cluster.cman().rgmanager(_ -> new RgReply.Ended(ServiceResult.SUCCESS, 2, ""));
        clusvcadm("-m", "amcluster2", "-eamapp");
        clusvcadm("-q", "-e", "vm:guest", "-F");
        assertThat(printed()).isEmpty();
        assertThat(cluster.asked).containsExactly(
                new RgRequest.Act(ServiceRequest.ENABLE, new ServiceName("service:amapp"), 2, false),
                new RgRequest.Act(ServiceRequest.ENABLE, new ServiceName("vm:guest"), 0, true));
    }

    @ParameterizedTest(name = "clusvcadm {0}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            # arguments        | output
              -M vm:g          | Migration requires a target cluster member
              -M vm:g -m amc   | 'amc' not in membership list/More than one possible match for 'amc' found
              -M vm:g -m xyz   | 'xyz' not in membership list/No matches for 'xyz' found
              -M vm:g -m spa   | 'spa' not in membership list/Closest match: 'spare'/'spare' is offline
            """)
    void membersThatAreNone(String arguments, String output) throws IOException {
        cluster.cman();
        assertThat(clusvcadm(arguments.split(" "))).isEqualTo(1);
        assertThat(printed()).isEqualTo(output.replace('/', '\n') + "\n");
    }

    @Test
    void nobodyAnswers() throws IOException {
        assertThat(clusvcadm("-e", "a")).isEqualTo(1);
        assertThat(printed()).isEqualTo("Could not connect to cluster service\n");
        cluster.cman();
        assertThat(clusvcadm("-e", "a")).isEqualTo(1);
        assertThat(printed()).isEqualTo(
                "Local machine trying to enable service:a...Could not connect to resource group manager\n");
        assertThat(clusvcadm("-l")).isEqualTo(1);
        assertThat(printed()).isEqualTo("Could not connect to resource group manager\nLock operation failed\n");
    }

    @Test
    void startsAreLocked() throws IOException {
        cluster.rgmanager(request -> new RgReply.Locked(!(request instanceof RgRequest.SetLock(boolean on)) || on));
        assertThat(clusvcadm("-l")).isZero();
        assertThat(printed()).isEqualTo("Resource groups locked\n");
        assertThat(clusvcadm("-u")).isZero();
        assertThat(printed()).isEqualTo("Resource groups unlocked\n");
        assertThat(clusvcadm("-S")).isZero();
        assertThat(printed()).isEqualTo("Resource groups locked\n");
    }

    @Test
    void startsCannotBeLockedWithoutQuorum() throws IOException {
        cluster.rgmanager(_ -> new RgReply.Ended(ServiceResult.NO_QUORUM, 0, "the cluster is not quorate"));
        assertThat(clusvcadm("-l")).isEqualTo(1);
        assertThat(printed()).isEqualTo("Lock operation failed\n");
        assertThat(err.text()).isEqualTo("clusvcadm: the cluster is not quorate\n");
    }

    @Test
    void whatMakesNoSenseIsHelped() {
        assertThat(clusvcadm()).isEqualTo(1);
        assertThat(printed()).startsWith("Usage:");
        assertThat(clusvcadm("-y")).isEqualTo(1);
        assertThat(err.text()).isEqualTo("clusvcadm: invalid option -- 'y'\n");
        assertThat(clusvcadm("-e", "a", "-F", "-m", "b")).isEqualTo(1);
        assertThat(err.text()).isEqualTo("Cannot use '-F' with '-n' or '-m'\n");
    }
}
