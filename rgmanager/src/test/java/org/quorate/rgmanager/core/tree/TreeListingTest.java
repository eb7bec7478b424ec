package org.quorate.rgmanager.core.tree;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TreeListingTest {
    private static final String OLD = """
        <resources><shared name="gfs"/></resources>
        <service name="web" nfslock="1" recovery="relocate">
          <disk name="data" mountpoint="/data" device="/dev/d" __enforce_timeouts="1"><export name="e"/></disk>
          <shared ref="gfs" __independent_subtree="2"/>
          <client name="c" target="*"/>
        </service>
        """;
    private static final String NEW = """
        <resources><shared name="gfs"/></resources>
        <service name="web" nfslock="1">
          <disk name="data" mountpoint="/data" device="/dev/d"/>
          <client name="c" target="@group"/>
        </service>
        """;

    @Test
    void listsResourcesAndTree() {
        ResourceConfiguration old = Agents.configuration(OLD);
        Delta.mark(old, Agents.configuration(NEW));
        assertThat(TreeListing.resources(old.resources()) + TreeListing.tree(old.tree()))
                .isEqualTo(Agents.resource("listing/old.txt"));
    }

    @Test
    void listsWhatAChangeStarts() {
        ResourceConfiguration now = Agents.configuration(NEW);
        Delta.mark(Agents.configuration(OLD), now);
        assertThat(TreeListing.resources(now.resources()) + TreeListing.tree(now.tree()))
                .isEqualTo(Agents.resource("listing/new.txt"));
    }

    @Test
    void listsTypes() {
        assertThat(TreeListing.rules(Agents.rules())).isEqualTo(Agents.resource("listing/rules.txt"));
    }

    @Test
    void nothingIsListedAsNothing() {
        ResourceConfiguration nothing = Agents.configuration("");
        assertThat(TreeListing.resources(nothing.resources()) + TreeListing.tree(nothing.tree())).isEmpty();
    }
}
