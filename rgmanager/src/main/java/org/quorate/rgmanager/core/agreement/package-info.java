/**
 * What the managers of all members agree on: who takes part, and what is written of each service.
 *
 * <p>At each epoch every manager tells the others what it knows
 * ({@link org.quorate.rgmanager.core.agreement.GroupMessage.Report}); once all have been heard, all hold the same
 * {@link org.quorate.rgmanager.core.agreement.Picture}. From then on messages that come in the same order everywhere
 * change it everywhere alike: a record is written only on top of the version that its writer had seen.
 *
 * <p><b>Knows:</b> {@code org.quorate.api.cman} (epochs), {@code org.quorate.api.rgmanager} (records).
 * <b>Must not know:</b> what is done with services; how messages travel.
 *
 * <p>Source: rgmanager(8).
 */
package org.quorate.rgmanager.core.agreement;
