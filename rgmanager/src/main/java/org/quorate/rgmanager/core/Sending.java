package org.quorate.rgmanager.core;

import static org.quorate.api.rgmanager.ServiceRequest.ARRIVED;

import java.util.SortedSet;
import java.util.TreeSet;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.api.rgmanager.ServiceResult;

/** Members that a guest was sent to, and that still expect it though it is not being sent any more. */
final class Sending {
    private final ServiceName service;
    private final Board board;
    private final Questions questions;
    private final SortedSet<Integer> expecting = new TreeSet<>();

    Sending(ServiceName service, Board board, Questions questions) {
        this.service = service;
        this.board = board;
        this.questions = questions;
    }

    /** A migration to a member is over; if the guest went there, its lock follows. */
    void ended(int target) {
        if (board.record(service).owner() != target) {
            expecting.add(target);
        }
    }

    /** The manager before this one, or whoever had it before, may have begun to send it, to whomever. */
    void mayHaveBegun() {
        if (board.policy(service).migratable()) {
            expecting.addAll(board.configuration().nodes().keySet());
            expecting.remove(board.self());
        }
    }

    /**
     * It is not being sent, and its lock is held: whoever expects it is to look and expect it no more. Who cannot be
     * asked now, or does not know, is asked later.
     */
    void noMore() {
        expecting.stream().filter(board::isOnline).toList().forEach(target -> {
            expecting.remove(target);
            questions.ask(target, ARRIVED, service, 0, false, "it is not being sent any more", answer -> {
                if (answer.result() != ServiceResult.NO && answer.result() != ServiceResult.YES) {
                    expecting.add(target);
                }
            });
        });
    }
}
