package org.quorate.api.rgmanager;

/** What rgmanager tells those who subscribed. */
public sealed interface RgEvent {
    /** Something was written of a service. */
    record ServiceChanged(ServiceRecord record) implements RgEvent {}
}
