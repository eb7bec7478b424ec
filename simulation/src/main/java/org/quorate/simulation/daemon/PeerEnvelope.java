package org.quorate.simulation.daemon;

import org.quorate.api.cman.NodeId;
import org.quorate.dlm.core.PeerMessage;

/** A message between lock daemons on its way. */
record PeerEnvelope(NodeId from, long epoch, PeerMessage message) {}
