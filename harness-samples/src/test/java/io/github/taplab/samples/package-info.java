/**
 * The manual macvtap experiment as specs, in the order in which a person does it by hand, and what follows from it. A
 * package is a chapter, a class is one rule: where it holds, and where it is broken on purpose. The numbers are the
 * reading order; they begin the classes' display names.
 *
 * <table>
 * <caption>The same as the README's</caption>
 * <tr><th>chapter</th><th>class</th><th>rule</th><th>where it holds</th><th>where it is broken on purpose</th></tr>
 * <tr><td>1.1 experiment</td><td>{@code MacIdentityTests}</td>
 *   <td>A guest's NIC and the macvtap under it have one MAC address, and it is not the container's</td>
 *   <td>{@code guestHasTheMacOfTheMacvtap}</td>
 *   <td>{@code guestCanBreakTheRule}</td></tr>
 * <tr><td>1.2 experiment</td><td>{@code FreshGuestTests}</td>
 *   <td>A guest has no address and no way out; the container's address and default route give it both</td>
 *   <td>{@code reachesTheGatewayWithTheContainersAddress}</td>
 *   <td>{@code hasNoRouteToTheGateway}</td></tr>
 * <tr><td>1.3 experiment</td><td>{@code DuplicateIpTests}</td>
 *   <td>An IP address has one owner: while container and guest both have it, SSH to the guest is refused by
 *       the container</td>
 *   <td>{@code sameIpOnContainerAndGuestBreaksSsh}</td>
 *   <td>{@code sameIpOnContainerAndGuestBreaksSsh}</td></tr>
 * <tr><td>1.4 experiment</td><td>{@code DuplicateIpRaceTests}</td>
 *   <td>Of two owners a client talks to the one whose MAC address it knows, and to the quicker one if it has
 *       to ask</td>
 *   <td>{@code theNeighbourCacheDecides}</td>
 *   <td>{@code theNeighbourCacheDecides}</td></tr>
 * <tr><td>1.5 experiment</td><td>{@code TakenOverAddressTests}</td>
 *   <td>With the container's address deleted, SSH to the guest works</td>
 *   <td>{@code clientConnects}</td>
 *   <td>none: the broken side is 1.3</td></tr>
 * <tr><td>1.6 experiment</td><td>{@code DockerHostGatewayTests}</td>
 *   <td>The same holds for the Docker host as a gateway</td>
 *   <td>{@code hostConnectsOnceTheContainerHasGivenUp}</td>
 *   <td>{@code hostConnectsOnceTheContainerHasGivenUp}</td></tr>
 * <tr><td>1.7 experiment</td><td>{@code ChangedMacTests}</td>
 *   <td>A guest that changes its MAC address is cut off, since its macvtap keeps the old one</td>
 *   <td>{@code changedMacCutsTheGuestOff}</td>
 *   <td>{@code changedMacCutsTheGuestOff}</td></tr>
 * <tr><td>1.8 experiment</td><td>{@code FrameDeliveryTests}</td>
 *   <td>A frame comes in by four steps: question, answer, delivery to the macvtap, hand-over by QEMU</td>
 *   <td>{@code allFourSteps}</td>
 *   <td>{@code withAChangedMacTheThirdStepFails}</td></tr>
 * <tr><td>1.9 experiment</td><td>{@code ParentCannotReachGuestTests}</td>
 *   <td>A launcher does not reach its own guest through its eth0</td>
 *   <td>{@code launcherDoesNotReachItsGuest}</td>
 *   <td>{@code launcherReachesItsGuestThroughAMacvlan}</td></tr>
 * <tr><td>1.10 experiment</td><td>{@code BareQemuTests}</td>
 *   <td>QEMU without libvirt is given the macvtap as an open descriptor</td>
 *   <td>{@code packetsPass}</td>
 *   <td>{@code descriptorOfAFileIsNoTap}</td></tr>
 * <tr><td>2.1 identity</td><td>{@code SameMacTests}</td>
 *   <td>A MAC address is one station's: the kernel refuses it twice on one parent</td>
 *   <td>{@code oneParentRefusesIt}</td>
 *   <td>{@code theLastSpeakerGetsTheFrames}</td></tr>
 * <tr><td>2.2 identity</td><td>{@code ContainersMacTests}</td>
 *   <td>A trusted guest may take any MAC address but its container's</td>
 *   <td>{@code guestMayHaveAnyOther}</td>
 *   <td>{@code guestThatTakesItIsCutOff}</td></tr>
 * <tr><td>2.3 identity</td><td>{@code SpoofedMacTests}</td>
 *   <td>The switch sends frames to where their MAC address was last sent from</td>
 *   <td>{@code onlyTheGuestGetsItsFrames}</td>
 *   <td>{@code whoSendsWithTheGuestsMacGetsItsFrames}</td></tr>
 * <tr><td>3.1 addresses</td><td>{@code TwoGuestsOneIpTests}</td>
 *   <td>Two guests with one IP address both answer for it, and SSH tells them apart by their host keys</td>
 *   <td>{@code bothAnswer}</td>
 *   <td>{@code bothAnswer}</td></tr>
 * <tr><td>3.2 addresses</td><td>{@code GratuitousArpTests}</td>
 *   <td>An address that moves to another guest takes its traffic along once it is announced</td>
 *   <td>{@code announcementMovesTheTraffic}</td>
 *   <td>{@code withoutAnAnnouncementTheClientAsksInVainFirst}</td></tr>
 * <tr><td>3.3 addresses</td><td>{@code StaleNeighbourTests}</td>
 *   <td>Who has to ask learns a neighbour's MAC address; who remembers another one does not ask</td>
 *   <td>{@code whoHasToAskLearnsIt}</td>
 *   <td>{@code withAStaleEntryTheGuestIsOutOfReach}</td></tr>
 * <tr><td>3.4 addresses</td><td>{@code ForgedArpTests}</td>
 *   <td>Who asks for an address hears everybody who claims it, true or forged</td>
 *   <td>{@code aForgedAnswerComesBesideTheTrueOne}</td>
 *   <td>{@code whoBelievesItSendsToTheForger}</td></tr>
 * <tr><td>3.5 addresses</td><td>{@code TwoNicsTests}</td>
 *   <td>An address is the guest's and not its NIC's: each NIC answers for all of them</td>
 *   <td>{@code bothAnswerForEachAddress}</td>
 *   <td>{@code arpIgnoreEndsIt}</td></tr>
 * <tr><td>4.1 modes</td><td>{@code BridgeModeTests}</td>
 *   <td>Mode bridge: macvtaps of one parent talk to each other, but not to their parent</td>
 *   <td>{@code withoutHairpin}</td>
 *   <td>{@code withHairpin}</td></tr>
 * <tr><td>4.2 modes</td><td>{@code VepaModeTests}</td>
 *   <td>Mode vepa: neighbours do not talk to each other but through a switch that sends frames back</td>
 *   <td>{@code withoutHairpin}</td>
 *   <td>{@code withHairpin}</td></tr>
 * <tr><td>4.3 modes</td><td>{@code PrivateModeTests}</td>
 *   <td>Mode private: neighbours never talk to each other; the parent reaches them only through a hairpin</td>
 *   <td>{@code withoutHairpin}</td>
 *   <td>{@code withHairpin}</td></tr>
 * <tr><td>4.4 modes</td><td>{@code PassthruModeTests}</td>
 *   <td>Mode passthru: the guest has the parent interface for itself, and the launcher is cut off</td>
 *   <td>{@code withoutHairpin}</td>
 *   <td>none: a hairpin does not break it, see {@code withHairpin}</td></tr>
 * <tr><td>5.1 delivery</td><td>{@code TrustGuestRxFiltersTests}</td>
 *   <td>A macvtap follows its guest's MAC address and groups if libvirt trusts the guest</td>
 *   <td>{@code macvtapFollowsATrustedGuest}</td>
 *   <td>{@code macvtapKeepsItsMacUnderAnUntrustedGuest}</td></tr>
 * <tr><td>5.2 delivery</td><td>{@code DuplicateAddressDetectionTests}</td>
 *   <td>Who takes an IPv6 address that a guest has finds out, if the guest's macvtap takes the question in</td>
 *   <td>{@code clientFindsATrustedGuest}</td>
 *   <td>{@code clientDoesNotFindAnUntrustedGuest}</td></tr>
 * <tr><td>5.3 delivery</td><td>{@code BroadcastAndMulticastTests}</td>
 *   <td>A macvtap takes in frames to its own address, to all, and to the groups that it has joined</td>
 *   <td>{@code groupReachesATrustedMember}</td>
 *   <td>{@code groupDoesNotReachAnUntrustedMember}</td></tr>
 * <tr><td>5.4 delivery</td><td>{@code PromiscuousGuestTests}</td>
 *   <td>A promiscuous guest hears nothing that is for others, since its macvtap takes none of it in</td>
 *   <td>{@code trustedGuestHearsNoForeignFrames}</td>
 *   <td>{@code guestInPassthruModeHearsForeignFrames}</td></tr>
 * <tr><td>5.5 delivery</td><td>{@code VlanTaggedFramesTests}</td>
 *   <td>A macvtap passes tagged frames with their tags, and the guest takes those of its VLANs</td>
 *   <td>{@code taggedQuestionIsAnswered}</td>
 *   <td>{@code otherVlanIsNotDelivered}</td></tr>
 * <tr><td>5.6 delivery</td><td>{@code MtuTests}</td>
 *   <td>A macvtap's MTU is its parent's at most, and follows it down</td>
 *   <td>{@code macvtapFollowsItsParentDown}</td>
 *   <td>{@code largeFramesDisappear}</td></tr>
 * <tr><td>6.1 faults</td><td>{@code ParentDownTests}</td>
 *   <td>A macvtap has a carrier as long as its parent is up, in each mode in which it shares it</td>
 *   <td>{@code withItsParentUpEachGuestIsReached}</td>
 *   <td>{@code withItsParentDownEachGuestIsCutOff}</td></tr>
 * <tr><td>6.2 faults</td><td>{@code ParentDownPassthruTests}</td>
 *   <td>The same in mode passthru</td>
 *   <td>{@code withItsParentUpEachGuestIsReached}</td>
 *   <td>{@code withItsParentDownEachGuestIsCutOff}</td></tr>
 * <tr><td>6.3 faults</td><td>{@code LostCarrierTests}</td>
 *   <td>A macvtap has the carrier of its parent; the guest is not told</td>
 *   <td>{@code theMacvtapHasTheCarrierOfItsParent}</td>
 *   <td>{@code theGuestIsCutOffAndNotTold}</td></tr>
 * <tr><td>6.4 faults</td><td>{@code PartitionTests}</td>
 *   <td>Stations of one network reach each other; a partition cuts two of them, and nobody else</td>
 *   <td>{@code twoGuests}</td>
 *   <td>{@code guestAndClient}</td></tr>
 * <tr><td>6.5 faults</td><td>{@code ImpairmentTests}</td>
 *   <td>What a guest sends arrives, at the rate of its line</td>
 *   <td>{@code someLoss}</td>
 *   <td>{@code totalLoss}</td></tr>
 * <tr><td>7.1 internet</td><td>{@code InternetTests}</td>
 *   <td>A guest gets to the internet with a name server, a default route and NAT</td>
 *   <td>{@code guestGetsAPageByName}</td>
 *   <td>{@code withoutDnsOnlyTheAddressWorks},
 *       {@code withoutADefaultRouteOnlyTheLabIsReached},
 *       {@code withoutNatNothingComesBack}</td></tr>
 * <tr><td>7.2 internet</td><td>{@code PathMtuTests}</td>
 *   <td>One ICMP message teaches a server the MTU of the path</td>
 *   <td>{@code withTheMessageTheWebServerLearnsThePathMtu}</td>
 *   <td>{@code withoutTheMessageALargePageStalls}</td></tr>
 * <tr><td>8.1 guests</td><td>{@code RebootTests}</td>
 *   <td>A guest that restarts keeps its macvtap, and loses what it was given by hand</td>
 *   <td>{@code macvtapStays}</td>
 *   <td>none: what takes a macvtap away is 8.2</td></tr>
 * <tr><td>8.2 guests</td><td>{@code HotPlugTests}</td>
 *   <td>A macvtap that was there before its NIC outlives it; libvirt's own goes with it</td>
 *   <td>{@code macvtapThatWasThereBeforeStays}</td>
 *   <td>{@code libvirtsMacvtapGoesWithTheNic}</td></tr>
 * <tr><td>8.3 guests</td><td>{@code NicModelTests}</td>
 *   <td>What the guest takes its NIC for is the same to the macvtap</td>
 *   <td>{@code emulatedNic}</td>
 *   <td>{@code cable}</td></tr>
 * <tr><td>8.4 guests</td><td>{@code LabsAreApartTests}</td>
 *   <td>Two labs at once never see a frame of each other</td>
 *   <td>{@code theyNeverSeeEachOthersFrames}</td>
 *   <td>none: it would be a fault of Taplab's</td></tr>
 * <tr><td>9.1 images</td><td>{@code CloudImageExperimentTests}</td>
 *   <td>The whole experiment holds for a cloud image with systemd and OpenSSH</td>
 *   <td>{@code sameIpOnContainerAndGuestBreaksSsh}</td>
 *   <td>{@code changedMacCutsOff}</td></tr>
 * <tr><td>9.2 images</td><td>{@code CloudInitWithoutSeedTests}</td>
 *   <td>Without a seed, cloud-init asks in vain for a metadata service</td>
 *   <td>{@code cloudInitSearchesAMetadataService}</td>
 *   <td>none: with a seed it asks nobody, which is in 9.1</td></tr>
 * </table>
 */
@NullMarked
package io.github.taplab.samples;

import org.jspecify.annotations.NullMarked;
