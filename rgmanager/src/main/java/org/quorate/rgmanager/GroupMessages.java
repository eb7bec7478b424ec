package org.quorate.rgmanager;

import org.quorate.rgmanager.core.agreement.GroupMessage;
import org.quorate.wire.Messages;

/** The numbers of the managers' messages to each other. */
final class GroupMessages {
    static final Messages<GroupMessage> ALL = new Messages<GroupMessage>()
            .with(1, GroupMessage.Report.class)
            .with(2, GroupMessage.Write.class)
            .with(3, GroupMessage.Ask.class)
            .with(4, GroupMessage.Reply.class)
            .with(5, GroupMessage.LockStarts.class)
            .with(6, GroupMessage.Exiting.class)
            .with(7, GroupMessage.Handled.class)
            .with(8, GroupMessage.Decided.class);

    private GroupMessages() {}
}
