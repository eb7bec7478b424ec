package org.quorate.rgmanager.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.quorate.api.rgmanager.ServiceName;
import org.quorate.api.rgmanager.ServiceRecord;
import org.quorate.rgmanager.core.ServicesEffect.Say.Weight;
import org.quorate.rgmanager.core.agreement.GroupMessage;
import org.quorate.rgmanager.core.agreement.History;
import org.quorate.rgmanager.core.agreement.Membership;
import org.quorate.rgmanager.core.agreement.Picture;
import org.quorate.rgmanager.core.central.Overview;
import org.quorate.rgmanager.core.request.Presence;
import org.quorate.rgmanager.core.request.ServiceConfiguration;
import org.quorate.time.Moment;

/** What all parts of the core look at, and where they put the effects of the event in hand. */
final class Board implements Overview {
    private final int self;
    private final Moment began;
    private final long beganWallSeconds;
    private final Membership members;
    private final Picture picture;
    private final History history = new History();
    private List<ServicesEffect> effects = new ArrayList<>();
    private Function<ServiceName, Optional<ServiceRecord>> proposals = _ -> Optional.empty();
    private ServiceConfiguration configuration;
    private Moment now;
    private boolean agreed;
    private boolean ending;
    private boolean holding;

    Board(int self, ServiceConfiguration configuration, Moment began, long beganWallSeconds) {
        this.self = self;
        this.configuration = configuration;
        this.began = began;
        this.beganWallSeconds = beganWallSeconds;
        members = new Membership(self);
        picture = new Picture(members::startOf);
        now = began;
    }

    /** An event is in hand since now. */
    void at(Moment moment) {
        now = moment;
    }

    void put(ServicesEffect effect) {
        effects.add(effect);
    }

    void say(Weight weight, String line) {
        put(new ServicesEffect.Say(weight, line));
    }

    void wake(Duration later, ServicesEvent event) {
        put(new ServicesEffect.WakeAt(now.plus(later), event));
    }

    /** The managers of all members are to hear something, this one too. */
    void tell(GroupMessage message) {
        put(new ServicesEffect.Tell(members.epoch(), message));
    }

    /** All effects since this was last asked. */
    List<ServicesEffect> takeEffects() {
        var taken = effects;
        effects = new ArrayList<>();
        return taken;
    }

    @Override
    public ServiceConfiguration configuration() {
        return configuration;
    }

    void configure(ServiceConfiguration next) {
        configuration = next;
    }

    Membership members() {
        return members;
    }

    Picture picture() {
        return picture;
    }

    /** What was decided lately; for those who ask, and for nothing else. */
    History history() {
        return history;
    }

    /** Whether all members hold the same picture, so that it may be written to. */
    boolean agreed() {
        return agreed;
    }

    void agreed(boolean is) {
        agreed = is;
    }

    /** Whether no job may begin, since what services are made of is about to change. */
    boolean holding() {
        return holding;
    }

    void hold(boolean is) {
        holding = is;
    }

    /** This member's manager is to end: it starts nothing any more. */
    void end() {
        ending = true;
    }

    @Override
    public boolean ending() {
        return ending;
    }

    /** The member that decides about all services; 0 if there is none, or each decides itself. */
    int master() {
        return central() && agreed ? online().stream().findFirst().orElse(0) : 0;
    }

    @Override
    public int self() {
        return self;
    }

    @Override
    public List<Integer> online() {
        return members.online();
    }

    @Override
    public Presence presence(int node) {
        if (members.managers().containsKey(node)) {
            return Presence.ONLINE;
        }
        if (members.isMember(node)) {
            return Presence.SILENT;
        }
        return members.isVictim(node) ? Presence.VICTIM : Presence.GONE;
    }

    @Override
    public List<Integer> silent() {
        return configuration.nodes().keySet().stream().filter(n -> presence(n) == Presence.SILENT).toList();
    }

    @Override
    public boolean quorate() {
        return members.quorate();
    }

    @Override
    public boolean locked() {
        return picture.locked() || ending;
    }

    @Override
    public ServiceRecord record(ServiceName service) {
        return picture.record(service);
    }

    /** Where it is known what this member has asked to be written. */
    void proposals(Function<ServiceName, Optional<ServiceRecord>> known) {
        proposals = known;
    }

    @Override
    public ServiceRecord expected(ServiceName service) {
        return proposals.apply(service).orElseGet(() -> record(service));
    }

    @Override
    public Moment now() {
        return now;
    }

    @Override
    public long wallSeconds() {
        return beganWallSeconds + began.until(now).toSeconds();
    }
}
