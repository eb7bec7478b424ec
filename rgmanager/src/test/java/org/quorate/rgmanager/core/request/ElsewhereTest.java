package org.quorate.rgmanager.core.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.api.rgmanager.ServiceResult;
import org.quorate.rgmanager.core.Fixture;
import org.quorate.rgmanager.core.request.Step.Answer;

/** Who is asked whether a guest runs there, what counts as an answer, and what is believed when none comes. */
class ElsewhereTest {
    private static final ServiceName GUEST = new ServiceName("vm:guest");

    @ParameterizedTest(name = "{3}")
    @CsvSource(delimiter = '|', textBlock = """
        # answers of 2 and 3               | asked       | found | because
          NO, YES                          | 2 3         | 3     | the one that has it says so
          YES                              | 2           | 2     | nobody else can have it
          NO, NO                           | 2 3         | 0     | all say no
          NO_NODE, YES                     | 2 3         | 3     | that one is gone does not mean that none has it
          NO_SERVICE, YES                  | 2 3         | 3     | it has another cluster.conf
          TRY_AGAIN, YES                   | 2 2         | 2     | who is busy with it knows a moment later
          TRY_AGAIN, TRY_AGAIN, NO, YES    | 2 2 2 3     | 3     | it did not have it
          TRY_AGAIN, TRY_AGAIN, TRY_AGAIN, NO | 2 2 2 3  | 0     | two that ask each other must come to an end
        """)
    void membersAreAskedOneAfterTheOther(String answers, String asked, int found, String because) {
        var cluster = new TracedCluster(Fixture.configuration(3, "<vm name='guest'/>"), _ -> { });
        cluster.online = List.of(1, 2, 3);
        var said = new ArrayList<>(List.of(answers.split(", ")));
        var heard = new ArrayList<String>();
        var end = carryOut(Elsewhere.of(new Subject(GUEST, cluster.around(1))).look(one -> one,
                () -> Answer.of(ServiceResult.NO)), said, heard);
        assertThat(String.join(" ", heard)).as(because).isEqualTo(asked);
        assertThat(said).as("all answers were needed").isEmpty();
        assertThat(end).as(because).isEqualTo(found == 0 ? Answer.of(ServiceResult.NO)
                : new Answer(ServiceResult.SUCCESS, found, "it runs there already"));
    }

    private static Answer carryOut(Step first, List<String> said, List<String> asked) {
        Step step = first;
        while (true) {
            switch (step) {
                case Answer answer -> {
                    return answer;
                }
                case Step.Ask(int target, _, var then) -> {
                    asked.add(Integer.toString(target));
                    step = then.apply(Answer.of(ServiceResult.valueOf(said.removeFirst())));
                }
                case Step.Pause(_, var then) -> step = then.get();
                case Step.Write write -> step = write.then().get();
                default -> throw new AssertionError(step.toString());
            }
        }
    }
}
