"""Verbs of library fields in their base form, by whether they are also common as nouns or adjectives."""


def word_set(words: str) -> frozenset[str]:
    """The words of a text with spaces between them."""
    return frozenset(words.split())


STRONG_VERBS = word_set("""
    achieve act adapt add adjust adopt agree align allow analyse analyze apply argue arise arrive ask
    assemble assess assign attach attract automate avoid become begin believe belong borrow bring
    broaden build calculate capture carry centralize chase choose clarify classify collect combine come
    communicate compare compete comply compute configure confirm connect consider consolidate
    consume contain continue contribute convert convince coordinate create customize debug decide define
    delete deliver depend deploy derive describe detect determine develop die differ disappear discover
    distribute divide do earn eat educate eliminate embed emphasize empower enable encourage enforce
    engage enrich ensure enter establish evaluate evolve exceed execute exist expand expect explain
    explore expose express extend extract fail feel find finish follow forget gather generate get give
    go grow guess handle happen hate have hear help hide identify ignore implement improve include
    incorporate inform inherit inspect install integrate introduce invest involve join justify keep know
    learn leave lend let leverage listen lose maintain make manage maximize mean measure meet merge
    migrate minimize miss modernize modify monitor motivate multiply navigate negotiate obtain occur
    onboard operate optimize orchestrate organize originate outperform own participate perform
    personalize pick predict prefer prepare prevent prioritize produce prove provide publish pull pursue
    put qualify quantify reach realize rebuild receive recognize recommend reconcile recover redo reduce
    refer refine refuse reinvent reject relate rely remain remember remove render repeat replace
    represent require resolve respond retain retrieve reuse reveal rewrite satisfy save say scrape see
    seek select sell send serve shorten shrink simplify slip solve spend stall standardize stay
    streamline strengthen struggle submit suffer suggest sustain synchronize tailor take teach tell tend
    think tie transform translate triage try turn understand unify unlock validate verify wait want warn
    win wonder write accept appear assume belong burn cite depart drown edit enjoy escalate expire
    owe paste restore restart revise revoke rework sit spell spoil survive throw vanish vary
    forbid mislead overlook postpone replay undo withdraw disappoint
    disturb interrupt annoy bother accumulate arrange assist await breathe cancel celebrate clog collapse compensate complain
    conclude confuse consist constrain criticize demonstrate deny deserve diminish disagree discard disclose discourage dismiss
    disrupt distract donate emerge employ encounter endure erase erode examine exclude exhaust exploit freeze frustrate fulfil
    fulfill greet grind hang harm hesitate hinder imagine impose impress insert insist inspire intend interfere interpret
    intervene invent irritate isolate jeopardize lag linger neglect obey obstruct occupy omit oppose persist possess preserve
    pretend proceed prohibit prolong propose protect punish react reflect regret regulate reinforce relieve resign resist
    restrict resume scatter seize shut sink soften spill steal steer stumble succeed suspend swallow sweep terminate thrive
    tolerate unite upset wander weaken wear weigh withstand worsen wreck
    remind notify settle comply dispatch unload reimburse recruit rotate quarantine
    stand defend embarrass oversee undercut amplify alleviate foster uncover pinpoint nurture mitigate accelerate anticipate depict
    devote dictate diagnose elevate enhance entail equip forgo grab ingest interact outgrow outlive overcome overspend penalize pose
    preempt procure reclaim rectify redefine redesign redirect rediscover relocate renegotiate renew reprice rethink retrain reunite
    revisit safeguard simulate speculate subscribe supersede supervise surpass surrender tackle tighten underestimate underperform
    wrangle certify dedupe
    encrypt decrypt authenticate authorize remediate prioritise organise reroute reorder restock consign insure reassign
    recalculate digitize scramble struggle juggle wrestle retype accrue withhold remit garnish
    """)
"""Hardly ever nouns: a phrase that opens with one is a verb phrase."""

NOUN_LIKE_VERBS = word_set("""
    access bundle coat ramp roll spin address aim alert answer approach approve attempt audit back balance benchmark bet blame
    block book boost break buy call cap care catch cause challenge change charge chart check claim clean
    close coach code comment control copy cost cover credit cut cycle damage date deal debate decline
    decrease diff delay demand demo design document double doubt draft drag draw drift drive drop dump email
    end estimate experiment export face factor fear feature feed fight figure file fill filter finance
    fit fix flag flow focus force forecast form fragment fund gain grade guard guide head hand highlight hire
    hit hold hope host hurt impact import increase index influence invite issue judge jump label lack
    land launch lead leak limit link list live load lock log look map mark market match matter mention
    message mirror mix model move name need note offer open order outline pace pack pass patch pause pay
    phrase pilot pin pitch place plan plug point position post power practice press price process
    profile progress project promise prompt prospect push quote race raise range rank rate read reason
    record refresh regain release repair invoice reply report request research reserve rest result return review reward
    ride rise risk route rule run scale scan schedule scope score screen search seed segment sense
    separate set shape share shift ship show sign signal sketch skip sort sound source speak speed split
    spot spread staff stage start state step stick stop store stress stretch structure study suit
    supply support surface swap switch sync tag talk target task test time touch trace track trade train
    transfer travel treat trigger trim trust type update upgrade use value view visit voice vote walk
    bypass click combat compromise count curb decay deposit download duplicate gauge group interview lapse mandate pool refund remedy rent
    substitute tap upload
    waste watch work worry wrap pile crash flood rush strike yield trouble trap halt contact
    """)
"""As common as nouns ("report", "lead"): the words around them decide."""

IRREGULAR_PASTS = {
    "become": "became", "begin": "began", "break": "broke", "bring": "brought", "build": "built", "buy": "bought",
    "catch": "caught", "choose": "chose", "come": "came", "cost": "cost", "cut": "cut", "deal": "dealt", "do": "did",
    "draw": "drew", "drive": "drove", "eat": "ate", "fall": "fell", "feed": "fed", "feel": "felt",
    "fight": "fought", "find": "found", "forbid": "forbade", "forget": "forgot", "get": "got", "give": "gave", "go": "went",
    "grow": "grew", "have": "had", "hear": "heard", "hide": "hid", "hit": "hit", "hold": "held",
    "hurt": "hurt", "keep": "kept", "know": "knew", "lead": "led", "leave": "left", "lend": "lent",
    "let": "let", "lose": "lost", "make": "made", "mean": "meant", "meet": "met", "pay": "paid",
    "put": "put", "read": "read", "rebuild": "rebuilt", "redo": "redid", "rewrite": "rewrote",
    "rise": "rose", "run": "ran", "say": "said", "see": "saw", "seek": "sought", "sell": "sold",
    "send": "sent", "set": "set", "show": "showed", "shrink": "shrank", "speak": "spoke",
    "spend": "spent", "split": "split", "spread": "spread", "stand": "stood", "stick": "stuck",
    "take": "took", "teach": "taught", "tell": "told", "think": "thought", "understand": "understood",
    "outgrow": "outgrew", "overcome": "overcame", "overspend": "overspent", "oversee": "oversaw", "rethink": "rethought",
    "undercut": "undercut", "forgo": "forwent", "undo": "undid", "withdraw": "withdrew", "win": "won", "write": "wrote", "sit": "sat", "throw": "threw", "mislead": "misled",
}  # fmt: skip

SELLER_INSTRUCTION_VERBS = word_set(
    "acknowledge address anchor appeal ask avoid challenge contrast discuss emphasize emphasise explain focus frame "
    "highlight lead link mention offer open persuade pitch point position probe reassure refer remind reframe "
    "sell share show start stress target tell use walk demonstrate clarify illustrate quote position "
    "lean connect educate invite speak talk tie"
)
"""First verbs of notes to the seller ("Lead with proof"): such a fact steers a writer and is not printed."""
