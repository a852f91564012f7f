"""English: the sentences of a sales playbook. Several forms of one frame are used in turn, and none twice in a report."""

Frames = dict[str, tuple[str, ...]]

SALES: Frames = {
    "sales.title": ("How to sell to {who}",),
    # what drives a yes
    "yes.asset_asked": ("Open with the {asset}. Asked {q2}, {who} said {q}.",),
    "yes.asked": (
        "{who} told you what to bring: to {q2} the answer was {q}.",
        "Asked {q2}, {who} came to the same point from another side: {q}.",
    ),
    "yes.asset": (
        "Open with the {asset}; it was {who} who brought it up: {q}.",
        "Have the {asset} ready as well: {q}.",
    ),
    "yes.criterion": (
        "Make this the first page of the offer, since a yes was tied to it: {q}.",
        "Then show that this holds: {q}.",
        "Leave no doubt about this either: {q}.",
    ),
    "yes.breaker": (
        "Know what would end it: {q}.",
        "So would this: {q}.",
    ),
    "yes.condition": (
        "Keep this condition in view: {q}.",
        "And this one: {q}.",
    ),
    "yes.cost": (
        "Hold the price against {amount}, which is {who}'s own figure: {q}.",
        "There is a second figure to use, {amount}: {q}.",
    ),
    "yes.pain_number": (
        "Show what your offer does to a number that {who} lives with: {q}.",
        "Do the same for this one: {q}.",
    ),
    "yes.pain_asked": (
        "Show what your offer changes here: asked {q2}, {who} said {q}.",
        "To {q2} the answer was {q}, so speak to that as well.",
    ),
    "yes.pain": (
        "Name the trouble the way {who} did: {q}.",
        "Come back to this as well: {q}.",
    ),
    "yes.need": (
        "Say early how you get them here: {q}.",
        "This is on the list too: {q}.",
    ),
    "yes.price_good": ("Offer no discount that nobody asked for: after {q2} {who} said {q}.",),
    "yes.liked": (
        "Say again what landed: after {q2} came {q}.",
        "This worked too: {q2} got the reply {q}.",
    ),
    "none.what_drives_a_yes": (
        "{who} named no need, problem or condition on this call, so begin the next one by asking what a yes would take.",
    ),
    # rapport
    "rapport.event": ("Begin by asking how this went: {q}.",),
    "rapport.opening": ("Pick up the small talk where it ended. To {q2} the answer was {q}.",),
    "rapport.words": ("Speak of {words}: these are words that {who} came back to.",),
    "rapport.preference": (
        "Work the way {who} asked for: {q}.",
        "Mind this too: {q}.",
    ),
    "rapport.open_question": ("Ask open questions and then wait: the longest answer came to {q}.",),
    "rapport.talks": (
        "Keep your own part short, as on this call, where {who} had {share} % of the talking.",
    ),
    "rapport.listens": (
        "Hand over sooner: {who} had only {share} % of the talking, so plan for more questions and fewer slides.",
    ),
    "rapport.situation": ("Show that you listened by starting from this: {q}.",),
    "none.how_to_build_rapport_fast": (
        "Nothing said on this call shows how to get close to {who}; ask how they like to work before the next meeting.",
    ),
    # buying tendencies
    "buying.people_asked": ("Count the people who decide. To {q2} {who} named {q}.",),
    "buying.people": (
        "{who} does not decide alone: {q}.",
        "There is one more person to win: {q}.",
        "And this matters for who signs: {q}.",
    ),
    "buying.process": (
        "Plan for the way they buy: {q}.",
        "Allow time for this step as well: {q}.",
        "A further step was named: {q}.",
    ),
    "buying.rival_price": ("Expect your price to be held against {rival}: {q}.",),
    "buying.rival": (
        "{who} has something to compare you with: {q}. Ask what was missing there before you compare.",
        "Another comparison came up: {q}.",
    ),
    "buying.budget": (
        "Fit the offer to the money that was named: {q}.",
        "Also on money: {q}.",
    ),
    "buying.order": (
        "The first question was about {topic} ({at}), then came {topic2} ({at2}); have both answers at hand before you present anything else.",
    ),
    "buying.timing": (
        "Build your plan around their dates: {q}.",
        "One more date to respect: {q}.",
    ),
    "none.buying_tendencies": (
        "How this company buys was not talked about; ask who else decides, by when, and out of which budget.",
    ),
    # objections
    "objection.settled": (
        "When {who} said {q}, the answer {q2} was enough: {q3}. Keep to that answer.",
        "{q} was met with {q2}, and the reply was {q3}. That one you can use again.",
    ),
    "objection.settled_asked": (
        "{who} raises a doubt and asks for the fact in one breath: {q}. Answer as on this call, with one plain fact: {q2} drew {q3}.",
    ),
    "objection.answered": (
        "To {q} the answer was {q2}. Ask whether that settles it, because {who} did not say so.",
        "{q} was answered with {q2}, and it stayed unclear whether that is enough.",
    ),
    "objection.contested": (
        "To {q} the answer {q2} did not do: the reply was {q3}. Prepare a better one.",
        "{q} is not settled. After {q2} came {q3}.",
    ),
    "objection.open": (
        "Have an answer ready for this, because none was given: {q}.",
        "This is open as well: {q}.",
        "And so is this: {q}.",
    ),
    "objection.question": (
        "Doubts come as questions, so answer the question that is asked and stop there: {q} got {q2}.",
        "Expect to be asked this again: {q}.",
    ),
    "library.fact": (
        "Your library has this to say on it ({source}): {fact}",
        "For that one the library offers ({source}): {fact}",
        "Also in the library ({source}): {fact}",
    ),
    "none.how_they_handle_pushback_and_objections": (
        "{who} raised no objection on this call, which is no sign that there is none; ask what speaks against it.",
    ),
    # sticky
    "sticky.others": (
        "Expect the resistance from elsewhere: {q}. Give {who} something in writing to take there.",
        "There is more of it: {q}.",
    ),
    "sticky.lost": ("One attempt has ended already, so do not end the same way: {q}.",),
    "sticky.refused": (
        "Do not bring this up unchanged: {q2} got the reply {q}.",
        "Nor this: after {q2} came {q}.",
    ),
    "sticky.date": ("If it drags on, come back to this date: {q}.",),
    "sticky.open": ("If it stalls, go back to the doubt of {at} and settle it first.",),
    "sticky.step": ("If nothing moves, this is where to look: {q}.",),
    "sticky.moved": (
        "What moved things on this call was a plain answer: {q2} got the reply {q}.",
        "It happened again at {at}.",
    ),
    "none.how_they_deal_when_a_deal_gets_sticky": (
        "Nothing got stuck on this call, so there is nothing to go by; agree early on what happens if it does.",
    ),
    # how to close
    "close.agreed_when.title": ("Confirm {when}", "Confirm the other date, {when}"),
    "close.agreed.title": ("Act on the yes", "Act on the second yes as well"),
    "close.agreed": (
        "The proposal was {q2}, and {who} said {q}.",
        "To {q2} the answer was {q}.",
    ),
    "close.said_yes.title": ("Take the yes at its word",),
    "close.said_yes": ("{who} said {q}.",),
    "close.asset.title": ("Put the {asset} at the centre of the proposal",),
    "close.asset": ("{who} asked for it at {at}; repeat those words and ask whether anything is missing.",),
    "close.criterion.title": ("Ask for the decision on the condition of {at}",),
    "close.criterion": ("Show that it is met, then ask: {who} tied the yes to it.",),
    "close.person.title": ("Bring {person} in",),
    "close.person": ("{who} named {person} at {at}; ask what {person} has to see before a yes.",),
    "close.role.title": ("Win the others before the last meeting",),
    "close.role": ("They came up at {at}; ask {who} who of them can still say no.",),
    "close.doubter.title": ("Prepare {who} for the doubters",),
    "close.doubter": (
        "The doubt told of at {at} will come back when you are not in the room; put the answer on one page.",
    ),
    "close.cost.title": ("Set the price against {amount}",),
    "close.cost": ("Let {who} say that figure again in front of the others; it was said at {at}.",),
    "close.doubt.title": ("Settle {topic} first",),
    "close.doubt": ("What was said at {at} has no full answer yet, and no signature comes before it.",),
    "close.date.title": ("Close towards their date",),
    "close.date": ("{who} said {q}; count back from it.",),
    "close.no_step.title": ("Ask for one next step with a date",),
    "close.no_step": ("None was agreed on this call.",),
    "none.how_to_close.title": ("Find out what is missing",),
    "none.how_to_close": ("Nothing on this call shows what {who} still needs for a decision.",),
    # how to follow up
    "follow.request.title": ("Send what was asked for", "Send this too", "And this"),
    "follow.request": ("{who} said {q}.", "{q} was the wish.", "The words were {q}."),
    "follow.request_promised": ("{who} said {q}, and {other} promised {q2}.",),
    "follow.request_cited": ("{who} asked for it at {at}.", "The words are those of {at}."),
    "follow.promise.title": ("Keep your promise", "Keep the other promise as well", "Do not forget this one"),
    "follow.promise": ("{other} said {q}.", "It was {q}.", "On the call it was put like this: {q}."),
    "follow.commitment.title": ("Ask about their part", "Ask about this as well", "Check this one too"),
    "follow.commitment": ("{who} took this on: {q}.", "They also said {q}.", "The words were these: {q}."),
    "follow.written.title": ("Put the answer on {topic} in writing",),
    "follow.written": ("{who} asked about it at {at}, and others will ask again.",),
    "follow.unanswered.title": ("Answer what stayed open", "Answer this as well"),
    "follow.unanswered": ("{who} asked {q}.", "It was asked like this: {q}."),
    "follow.channel.title": ("Use the way they named",),
    "follow.channel": ("{who} said {q}.",),
    "follow.date.title": ("Mind their calendar",),
    "follow.date": ("{who} said {q}.",),
    "none.how_to_follow_up.title": ("Send one short note with one question",),
    "none.how_to_follow_up": ("Nobody asked for anything or promised anything on this call.",),
}
