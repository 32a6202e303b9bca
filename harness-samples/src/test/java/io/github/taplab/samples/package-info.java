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
 * <tr><td>1.11 experiment</td><td>{@code NoDefaultNetworkTests}</td>
 *   <td>A guest on a macvtap needs no network of libvirt's, and so there is no virbr0</td>
 *   <td>{@code thereIsNoVirbr0}, {@code theGuestIsReachedWithoutIt}</td>
 *   <td>{@code aNicOnTheDefaultNetworkFindsNone}</td></tr>
 * <tr><td>1.12 experiment</td><td>{@code DescriptorsTests}</td>
 *   <td>libvirt's QEMU has open descriptors of the macvtap, and of vhost-net where the host has it</td>
 *   <td>{@code fdIsTheMacvtapsDevice},
 *       {@code packetsComeInByIt},
 *       {@code vhostfdIsVhostNet},
 *       {@code monitorNamesIt}</td>
 *   <td>{@code withoutTheNicItIsClosed}</td></tr>
 * <tr><td>1.13 experiment</td><td>{@code AddressBringsItsRouteTests}</td>
 *   <td>The route to its network comes with an address and goes with it, the default route too</td>
 *   <td>{@code theRouteComesWithTheAddress}, {@code theContainersDefaultRouteGoesWithItsAddress}</td>
 *   <td>{@code withPrefixLength32NoRouteComes}, {@code aDefaultRouteNeedsAnAddressFirst}</td></tr>
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
 * <tr><td>2.4 identity</td><td>{@code ChangedMacSharedTests}</td>
 *   <td>Modes bridge, vepa and private take in unicast to the macvtap's MAC address alone; trust has it follow</td>
 *   <td>{@code withTrustAllComesIn}</td>
 *   <td>{@code withoutTrustOnlyBroadcastsComeIn}</td></tr>
 * <tr><td>2.5 identity</td><td>{@code ChangedMacPassthruTests}</td>
 *   <td>In mode passthru all unicast comes in, whatever MAC address guest and macvtap have, trusted or not; groups are
 *       filtered</td>
 *   <td>{@code withoutTrustAllUnicastComesIn},
 *       {@code withoutTrustGroupsDoNotComeIn},
 *       {@code withTrustTheParentFollowsToo},
 *       {@code macvtapsChangeDoesNotMatter}</td>
 *   <td>none: the modes in which it is broken are 2.4</td></tr>
 * <tr><td>2.6 identity</td><td>{@code MacvtapsMacTests}</td>
 *   <td>A guest and its macvtap need one MAC address, whichever end has changed; else only broadcasts come in</td>
 *   <td>{@code guestTakesItsMacvtaps}, {@code macvtapIsGivenTheGuests}</td>
 *   <td>{@code changedUnderARunningGuest}, {@code differentFromTheStart}</td></tr>
 * <tr><td>2.7 identity</td><td>{@code HandedOverMacTests}</td>
 *   <td>A guest can take the container's MAC and IP address over once eth0 has given the MAC address up</td>
 *   <td>{@code clientThatKnewTheContainerGetsToTheGuest}</td>
 *   <td>{@code takenTooEarlyItIsOfNoUse}</td></tr>
 * <tr><td>2.8 identity</td><td>{@code SecondMacTests}</td>
 *   <td>A second MAC address behind a guest is out of reach, trusted or promiscuous, but not in mode passthru</td>
 *   <td>{@code passthruTakesThemIn}, {@code modeSourceTakesThemInFromAKnownSender}</td>
 *   <td>{@code macvlansIsNotSynchronised}, {@code promiscuousModeDoesNotHelp}</td></tr>
 * <tr><td>2.9 identity</td><td>{@code FollowedMacTests}</td>
 *   <td>A macvtap follows a trusted virtio NIC there and back, at the guest's changes and at no other time</td>
 *   <td>{@code followsThereAndBack}, {@code putRightAtTheNextChange}, {@code followsBackAtARestart}</td>
 *   <td>{@code emulatedNicIsNotFollowed}</td></tr>
 * <tr><td>2.10 identity</td><td>{@code LiveTrustTests}</td>
 *   <td>trustGuestRxFilters can be switched in a running domain, and counts from the guest's next change on</td>
 *   <td>{@code switchedOnItFollowsFromTheNextChangeOn}</td>
 *   <td>{@code switchedOffItStaysBehind}</td></tr>
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
 * <tr><td>3.6 addresses</td><td>{@code OwnContainersAddressTests}</td>
 *   <td>A guest can't find out that its own container has the address, while every other station hears two
 *       answers</td>
 *   <td>{@code itsProbeStaysUnanswered}, {@code duplicateAddressDetectionFindsNothing}</td>
 *   <td>{@code anotherContainersIsFound}, {@code withHairpinItsContainersIsFoundToo}</td></tr>
 * <tr><td>3.7 addresses</td><td>{@code HandOverTests}</td>
 *   <td>An announcement moves the client's entry at once; without one it goes through DELAY, PROBE and FAILED</td>
 *   <td>{@code anAnnouncementMovesTheEntry}</td>
 *   <td>{@code withoutAnAnnouncementTheEntryHasToFailFirst}</td></tr>
 * <tr><td>3.8 addresses</td><td>{@code KeptAddressTests}</td>
 *   <td>A container that has moved its address to lo goes on answering, and the client's entry never fails</td>
 *   <td>{@code deletedItIsTheGuests}</td>
 *   <td>{@code itGoesOnAnswering}</td></tr>
 * <tr><td>3.9 addresses</td><td>{@code IgnoredAnnouncementTests}</td>
 *   <td>An announcement changes an entry and makes none; without the override flag it only casts doubt</td>
 *   <td>{@code whoeverHasAnEntryChangesIt}</td>
 *   <td>{@code whoeverHasNoneMakesNone}, {@code withoutTheOverrideFlagTheEntryStays}</td></tr>
 * <tr><td>3.10 addresses</td><td>{@code LinkLocalTwinTests}</td>
 *   <td>The launcher has the guest's link-local address on the macvtap; nobody sees a duplicate, or finds the guest
 *       without</td>
 *   <td>{@code theGuestAloneAnswers},
 *       {@code theGuestGetsTheAnswers},
 *       {@code withoutAddressGenerationTheGuestIsNotFound}</td>
 *   <td>{@code theClientsTwinIsADuplicate}</td></tr>
 * <tr><td>3.11 addresses</td><td>{@code DhcpTests}</td>
 *   <td>A guest's DHCP question reaches all; without a server, or with a changed MAC address, it gets no answer</td>
 *   <td>{@code withAServerItGetsAnAddress}</td>
 *   <td>{@code withoutAServerItGivesUp}, {@code withAChangedMacOnlyBroadcastsComeIn}</td></tr>
 * <tr><td>3.12 addresses</td><td>{@code TwoDhcpServersTests}</td>
 *   <td>Of two DHCP servers the guest takes the first offer, and with it that server's router</td>
 *   <td>{@code withOneServer}</td>
 *   <td>{@code ofTwoOffersItTakesTheFirst}, {@code whoServesIsTheRouter}</td></tr>
 * <tr><td>3.13 addresses</td><td>{@code RouterAdvertisementTests}</td>
 *   <td>Router advertisements reach an untrusted guest, and it is found at the address that it makes of them</td>
 *   <td>{@code theGuestMakesItselfAnAddress}</td>
 *   <td>{@code aStaticAddressIsNotFound}, {@code anyStationCanSaySo}</td></tr>
 * <tr><td>3.14 addresses</td><td>{@code ListenerReportTests}</td>
 *   <td>An untrusted guest's MLD reports go out as a trusted one's do, and the group's frames do not come in</td>
 *   <td>{@code aTrustedGuest}, {@code bothAnswerARouter}</td>
 *   <td>{@code anUntrustedGuest}</td></tr>
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
 * <tr><td>4.5 modes</td><td>{@code PassthruTakesTheParentTests}</td>
 *   <td>Mode passthru takes the parent's unicast frames and MAC address, and gives both back when it goes</td>
 *   <td>{@code macvtapTakesTheTraffic},
 *       {@code parentStillHearsBroadcasts},
 *       {@code kernelLeavesTheParentUp},
 *       {@code secondOneIsRefused}</td>
 *   <td>{@code libvirtLeavesTheParentDown}</td></tr>
 * <tr><td>4.6 modes</td><td>{@code MixedModesTests}</td>
 *   <td>Of several modes on one parent only macvtaps in mode bridge hear each other, and passthru is refused</td>
 *   <td>{@code onlyBridgesHearEachOther}, {@code passthruIsRefused}</td>
 *   <td>{@code throughAHairpinAllHearUnicast}, {@code throughAHairpinThePrivateOneHearsItself}</td></tr>
 * <tr><td>4.7 modes</td><td>{@code PrivateNeighboursTests}</td>
 *   <td>Mode private: neighbours do not find each other, not even through a hairpin</td>
 *   <td>{@code neighboursDoNotFindEachOther}, {@code withoutAHairpinTheAddressIsOfNoUse}</td>
 *   <td>{@code withAHairpinTheAddressIsEnough}</td></tr>
 * <tr><td>4.10 modes</td><td>{@code TapOnBridgeTests}</td>
 *   <td>A guest whose tap is on a bridge may change its MAC address, hears frames for others, and reaches its
 *       launcher</td>
 *   <td>{@code bridgeLearnsAChangedMac}, {@code framesForOthersReachTheTap}, {@code launcherReachesItsGuest}</td>
 *   <td>{@code withoutLearningAChangedMacCutsTheGuestOff}</td></tr>
 * <tr><td>4.11 modes</td><td>{@code TapAndMacvtapTests}</td>
 *   <td>On a macvtap and on a bridge alike a duplicate IP address breaks SSH, and one that moves has to be
 *       announced</td>
 *   <td>{@code addressThatMovesIsAnnounced}</td>
 *   <td>{@code duplicateIpBreaksSsh}, {@code guestWithTheContainersMacIsCutOff}</td></tr>
 * <tr><td>4.12 modes</td><td>{@code TapOnBridgeHairpinTests}</td>
 *   <td>A switch with a hairpin, which helps macvtaps, cuts a guest on a bridge off from who has to answer it</td>
 *   <td>{@code bridgeKnowsItsGuestAtTheTap}</td>
 *   <td>{@code withAHairpinItsOwnBroadcastsComeBack}</td></tr>
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
 *   <td>A promiscuous guest hears no unicast that is for others, since its macvtap takes none of it in</td>
 *   <td>{@code trustedGuestHearsNoForeignFrames}</td>
 *   <td>{@code guestInPassthruModeHearsForeignFrames}</td></tr>
 * <tr><td>5.5 delivery</td><td>{@code VlanTaggedFramesTests}</td>
 *   <td>A macvtap passes tagged frames with their tags, and the guest takes those of its VLANs</td>
 *   <td>{@code taggedQuestionIsAnswered}</td>
 *   <td>{@code otherVlanIsNotDelivered}</td></tr>
 * <tr><td>5.6 delivery</td><td>{@code MtuTests}</td>
 *   <td>A macvtap's MTU is its parent's at most, and follows it down; a veth as parent drops what comes in above it</td>
 *   <td>{@code macvtapFollowsItsParentDown}</td>
 *   <td>{@code largeFramesDisappear}, {@code largeFramesGoOut}</td></tr>
 * <tr><td>5.7 delivery</td><td>{@code FirewallTests}</td>
 *   <td>A guest's frames pass no packet filter of its container's IP stack; inet's hook ingress is in front of that</td>
 *   <td>{@code inetDoesNotSeeTheGuest}, {@code theLaunchersCopyIsNoneOfTheGuests}</td>
 *   <td>{@code inetDoesNotStopTheGuest}, {@code inetIngressStopsTheGuest}</td></tr>
 * <tr><td>5.8 delivery</td><td>{@code NetdevHooksTests}</td>
 *   <td>A guest's frames pass the netdev hooks of its macvtap and of the parent</td>
 *   <td>{@code netdevSeesTheGuest}, {@code betweenGuests}</td>
 *   <td>{@code netdevStopsTheGuest}</td></tr>
 * <tr><td>5.9 delivery</td><td>{@code NwfilterTests}</td>
 *   <td>libvirt keeps the filter of an interface of type bridge or ethernet, and drops that of type direct without a
 *       word</td>
 *   <td>{@code filterOfABridgeOrEthernetInterfaceIsKept}</td>
 *   <td>{@code filterOfADirectInterfaceIsForgotten}</td></tr>
 * <tr><td>5.10 delivery</td><td>{@code AntiSpoofingTests}</td>
 *   <td>A rule on the egress of its macvtap keeps a guest from pretending to be somebody else; tags need one of their
 *       own</td>
 *   <td>{@code mac},
 *       {@code arp},
 *       {@code ipv4},
 *       {@code ipv6},
 *       {@code neighbourAdvertisement},
 *       {@code dhcpServer},
 *       {@code routerAdvertisement},
 *       {@code priorityTag}</td>
 *   <td>none: each method sends the frame without its rule too</td></tr>
 * <tr><td>5.11 delivery</td><td>{@code ReservedMulticastTests}</td>
 *   <td>LLDP and LACP pass from macvtap to macvtap, if the receiving one has joined the group</td>
 *   <td>{@code passBetweenMacvtaps}</td>
 *   <td>{@code doNotPassToAnUntrustedMember}</td></tr>
 * <tr><td>5.12 delivery</td><td>{@code ReservedMulticastOnABridgeTests}</td>
 *   <td>A Linux bridge passes none of the reserved groups but spanning tree's</td>
 *   <td>{@code fifteenDoNotPass}, {@code noneComesBack}</td>
 *   <td>{@code spanningTreesPasses}</td></tr>
 * <tr><td>5.13 delivery</td><td>{@code TcpdumpHealsTests}</td>
 *   <td>A group that its macvtap has not joined reaches no guest, unless something makes the macvtap take all in</td>
 *   <td>{@code groupIsNotHeard}, {@code tcpdumpOnTheParentDoesNot}, {@code aCaptureDoesNot}</td>
 *   <td>{@code tcpdumpOnTheMacvtapHeals}, {@code allMulticastHeals}</td></tr>
 * <tr><td>5.14 delivery</td><td>{@code VlanParentTests}</td>
 *   <td>A macvtap on a VLAN sub-interface is in the VLAN, and its guest does not know</td>
 *   <td>{@code theGuestTalksInTheVlan}</td>
 *   <td>{@code whoIsNotInTheVlanDoesNotReachIt}</td></tr>
 * <tr><td>5.15 delivery</td><td>{@code BondParentTests}</td>
 *   <td>A macvtap on an active-backup bond survives the loss of one cable</td>
 *   <td>{@code theOtherCableTakesOver}</td>
 *   <td>{@code withBothPulledItIsCutOff}</td></tr>
 * <tr><td>5.16 delivery</td><td>{@code QueuesTests}</td>
 *   <td>Of a macvtap's queues each flow uses one, and many flows use all</td>
 *   <td>{@code manyFlowsUseBothQueues}</td>
 *   <td>{@code oneFlowStaysInOneQueue}, {@code oneCpuUsesOneQueue}</td></tr>
 * <tr><td>5.17 delivery</td><td>{@code OffloadTests}</td>
 *   <td>A checksum that is left to the NIC passes the macvtap partial, with a mark beside the frame</td>
 *   <td>{@code checksumStaysPartial}, {@code whoSumsUpSendsItWhole}</td>
 *   <td>{@code withoutTheMarkItIsAWrongChecksum}</td></tr>
 * <tr><td>5.18 delivery</td><td>{@code SegmentationTests}</td>
 *   <td>Segments that are left to the NIC pass the macvtap in frames larger than its MTU</td>
 *   <td>{@code segmentsPassWhole}</td>
 *   <td>{@code whoCutsThemByItselfSendsNone}</td></tr>
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
 * <tr><td>8.5 guests</td><td>{@code RefusalsTests}</td>
 *   <td>A macvtap can be made on any Ethernet interface whose frames nobody else takes, with NET_ADMIN</td>
 *   <td>{@code onEthernetItIsMade}</td>
 *   <td>{@code withoutNetAdmin},
 *       {@code portOfABridge},
 *       {@code parentOfAnIpvlan},
 *       {@code invalidArguments},
 *       {@code libvirt}</td></tr>
 * <tr><td>8.6 guests</td><td>{@code PowerOffTests}</td>
 *   <td>A macvtap that was there before outlives its guest's machine; libvirt's own goes with it</td>
 *   <td>{@code macvtapThatWasThereBeforeStays}, {@code bareQemusMacvtapStays}</td>
 *   <td>{@code libvirtsMacvtapGoesWithTheDomain}, {@code aCrashTakesLibvirtsMacvtapToo}</td></tr>
 * <tr><td>8.7 guests</td><td>{@code SuspendTests}</td>
 *   <td>Frames to a suspended guest wait in a macvtap that was there before; libvirt's own is down</td>
 *   <td>{@code framesWaitInAMacvtapThatWasThereBefore}, {@code neighbourFailsAndComesBack}</td>
 *   <td>{@code libvirtsMacvtapIsDown}</td></tr>
 * <tr><td>8.8 guests</td><td>{@code LifecycleActionsTests}</td>
 *   <td>on_reboot and on_crash decide whether a domain's macvtap stays; a crash needs a panic device</td>
 *   <td>{@code restartKeepsIt},
 *       {@code destroyOnRebootTakesIt},
 *       {@code setInTheLiveDomain},
 *       {@code preserveKeepsIt},
 *       {@code destroyOnCrashTakesIt}</td>
 *   <td>{@code withoutAPanicDeviceItIsNoCrash}</td></tr>
 * <tr><td>8.9 guests</td><td>{@code DeviceNodesTests}</td>
 *   <td>The device of a macvtap is known by its number alone, whatever its name and namespace</td>
 *   <td>{@code nodeOfTheInterface}</td>
 *   <td>{@code otherNumbersAreRefused},
 *       {@code numberOfAnInterfaceThatWasMadeAnew},
 *       {@code numberOfAnotherNamespace}</td></tr>
 * <tr><td>8.10 guests</td><td>{@code LiveMigrationTests}</td>
 *   <td>A running guest goes to another launcher, and its old macvtap has to go at the switch-over</td>
 *   <td>{@code runsOnThere}</td>
 *   <td>{@code macvtapLeftBehindTakesTheNeighboursFrames}</td></tr>
 * <tr><td>8.11 guests</td><td>{@code MigratedGuestsPortTests}</td>
 *   <td>The switch has a migrated guest on the new port once it was announced, and only then</td>
 *   <td>{@code movesOnce}</td>
 *   <td>{@code staysWhereItWasUntilItSpeaks}</td></tr>
 * <tr><td>8.12 guests</td><td>{@code AddressAfterMigrationTests}</td>
 *   <td>A guest that restarts after it has migrated gets its address by its own MAC address</td>
 *   <td>{@code getsItsAddressByItsOwnMac}</td>
 *   <td>{@code getsNoneByTheLaunchersMac}</td></tr>
 * <tr><td>8.13 guests</td><td>{@code LibvirtMigrationTests}</td>
 *   <td>The macvtap of a guest that migrates with libvirt is down until it has come, so no broadcast comes twice</td>
 *   <td>{@code eachBroadcastComesInOnce}</td>
 *   <td>{@code upTooEarlyBothTakeBroadcasts}</td></tr>
 * <tr><td>9.1 images</td><td>{@code CloudImageExperimentTests}</td>
 *   <td>The whole experiment holds for a cloud image with systemd and OpenSSH</td>
 *   <td>{@code sameIpOnContainerAndGuestBreaksSsh}</td>
 *   <td>{@code changedMacCutsOff}</td></tr>
 * <tr><td>9.2 images</td><td>{@code CloudInitWithoutSeedTests}</td>
 *   <td>Without a seed, cloud-init asks in vain for a metadata service</td>
 *   <td>{@code cloudInitSearchesAMetadataService}</td>
 *   <td>none: with a seed it asks nobody, which is in 9.1</td></tr>
 * <tr><td>9.3 images</td><td>{@code NetworkUnitTests}</td>
 *   <td>The unit that waits for a network ends well where somebody serves addresses, and else fails</td>
 *   <td>{@code endsWellWithAServer}, {@code waitsUntilSomebodyServes}</td>
 *   <td>{@code failsAtTheBoot}, {@code failsWhereNobodyServes}</td></tr>
 * </table>
 */
@NullMarked
package io.github.taplab.samples;

import org.jspecify.annotations.NullMarked;
