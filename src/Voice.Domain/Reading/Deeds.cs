namespace Voice.Domain.Reading;

/// <summary>The words by which people accept, refuse, put off, leave, change and carry out. Lists, so that a new word is a change of one
/// line.</summary>
internal static class Deeds
{
    // These are assent wherever they stand; the softer ones only where they answer.
    public static readonly HashSet<string> Assent = ["okay", "ok", "sawa", "agreed", "agree", "deal", "yes", "yeah", "yep", "alright",
        "confirmed", "accept", "accepted", "exactly", "ndiyo", "poa", "haya", "kabisa", "kale", "ishi", "correct", "tumekubaliana",
        "nimekubali", "oya", "tuko", "sawasawa"];

    public static readonly HashSet<string> SoftAssent = ["fine", "good", "right", "great", "perfect", "true", "sure", "done", "sold",
        "works", "amen", "absolutely", "certainly", "definitely", "fair", "settled", "lekker", "sharp", "acceptable", "help", "do"];

    public static readonly string[] Closing = ["i'll take it", "i will take it", "i'll take that", "i will take that", "i'll take this",
        "i'll take the", "i take that one", "i'll take them", "i will take them", "we have a deal", "it is a deal", "it's a deal",
        "that's a deal", "you have a deal", "that works", "works for me", "we agree on", "we agreed on", "let's book it",
        "let us book it", "you got it", "you've got it", "fair enough", "i agree", "we are agreed", "we confirm", "i confirm",
        "come and take", "i accept", "that is settled", "it is settled", "it's settled", "done deal", "deal done", "count me in",
        "let's do it", "let us do it", "that will do", "it remains", "it stays", "you're booked", "you're hired", "you are hired",
        "you are booked", "it is yours", "it's yours", "here is my hand", "is yours", "are yours", "they're yours", "we'll take it",
        "we will take it", "we take it", "we'll take them",
        "we go with that", "i go with that", "i am satisfied with that", "i'm satisfied with that", "let's go with that",
        "i'll go with that", "let's do that",
        "consider it yours",
        "consider them yours", "go ahead", "we are together", "i'll have it", "i will have it",
        "i have written it", "received with thanks", "i have taken it", "i've taken it", "i'm taking it", "let it be", "on my way"];

    // Assent of more than one word.
    public static readonly string[] Assenting = ["no problem", "very well", "e don set", "hakuna shida", "hakuna matata", "no wahala",
        "no palaver", "na so", "i gree", "we gree", "i understand", "i promise", "that is right", "that's right", "that is correct",
        "that's correct", "the same price", "that's the one", "that is the one",
        "i can do that", "i can live with", "i can manage", "i am satisfied", "i'm satisfied",
        "i am happy with that",
        "i'm happy with that", "now you're talking", "now we're talking", "now you are talking", "now we are talking"];

    public static readonly string[] Refusing = ["too high", "too low", "too much", "too little", "too expensive", "is expensive",
        "very expensive", "cannot", "can't", "can not", "won't", "not possible", "no way", "not accept", "don't agree", "not agree",
        "do not agree", "don't accept", "not okay", "not ok", "not fine", "not good", "not enough", "impossible", "i refuse", "never",
        "beyond me", "a lot", "steep", "hapana", "is low", "is high", "you are joking", "you're joking", "are you joking",
        "not selling at", "no discount", "not interested", "not worth", "will not", "i don't have", "unacceptable", "forget the",
        "so high", "so low", "too cost", "no go fit", "no fit", "no gree", "would rather", "i'd rather", "in your dreams",
        "you are dreaming", "you're dreaming", "don't make me laugh", "are you serious", "you want me to",
        "refuses", "has refused", "have refused", "doesn't want", "does not want", "doesn't agree", "does not agree", "don't think i can",
        "do not think i can", "don't think we can"];

    // They begin like a refusal.
    public static readonly string[] NotRefusing = ["never mind", "no way out", "i don't have my", "can't believe", "cannot believe"];

    public static readonly string[] Deferring = ["let me ask", "let me think", "let me see", "let me check", "let me talk", "let me call",
        "let me consult", "let me confirm", "let me discuss", "i will think", "i'll think", "i think about", "think about it",
        "i will ask", "i'll ask", "i must ask", "i have to ask", "i need to ask", "i should ask", "first ask", "let you know",
        "get back to you", "come back to you", "we will see", "we'll see", "i will see", "i'll see", "not sure", "don't know",
        "do not know", "depends on", "it depends", "must agree", "has to agree", "subject to", "if the boss", "talk again", "we talk on",
        "we talk tomorrow", "discuss later", "call you later", "i hear you", "need to think", "have to think", "want to think",
        "we can confirm", "i will confirm", "i'll confirm", "nitafikiria", "consult my", "talk to my", "i will consider", "i'll consider",
        "come and look", "come and see", "when i decide", "decide later", "decide tomorrow", "not decided", "sleep on it", "no promise",
        "cannot promise", "can't promise", "we shall see",
        "we shall talk", "give me time", "give me a day", "we will talk", "we'll talk", "let us talk",
        "let's talk", "let us look", "let's look", "next meeting", "keep my number", "save my number", "talk later", "talk tomorrow",
        "i will tell you", "i'll tell you", "tell you tomorrow", "tell you how", "call you back", "ring you back", "ring you",
        "must first", "wait until", "think over", "be in touch", "not today", "come back tomorrow", "come back later", "still thinking",
        "haven't decided", "have not decided", "let me first", "i will let", "i'll let", "if it is", "need to decide", "don't remember",
        "do not remember", "can't remember", "i forget", "i forgot", "have to decide", "i will decide", "i'll decide", "has to say yes",
        "have to say yes", "must say yes", "needs to say yes", "has to approve", "must approve", "has to allow", "must allow",
        "has to sign", "i must see", "have to see", "need to see", "want to see", "must look", "first see", "first look", "see around",
        "don't write", "do not write", "then we talk", "then we can talk", "before we talk", "let us wait", "let's wait", "not yet sure",
        "if he agrees", "if she agrees", "if they agree", "when he agrees", "i will speak to", "i'll speak to", "who decide",
        "who decides", "will decide", "goes to the committee", "to the committee", "to the board", "speak to my", "speak with my",
        "ask my", "must hear", "have to hear", "need to hear", "i will look at", "i'll look at", "i will look around",
        "i'll look around", "i will look and", "i'll look and", "tell me then", "tell us then", "make i check", "make i think",
        "make i ask", "make i see",
        "and we see", "then we see", "line is cutting", "line is bad", "line is breaking", "network is", "breaking up", "hear nothing",
        "can't hear", "cannot hear", "don't hear", "call again", "call you again"];

    public static readonly string[] Leaving = ["leave it", "another day", "another time", "forget it", "no deal", "not a deal",
        "look elsewhere", "go elsewhere", "find another", "find someone else", "on to the market", "i go home", "i am going", "not buying",
        "not selling", "i don't want it", "i do not want it", "walk away", "goodbye then", "keep your", "keep it then", "then no",
        "tuache", "basi", "no thank you", "no thanks", "cancel it", "cancel the order", "sell to him", "sell to her", "sell to them",
        "sell it to him", "buy from him", "buy from them", "buy from her", "sell elsewhere", "buy elsewhere", "not possible any more",
        "no longer possible", "haven't bought", "have not bought", "haven't agreed", "have not agreed", "didn't agree", "did not agree",
        "never agreed", "did not tell", "didn't tell", "did not say", "didn't say", "did not promise", "did not order", "didn't order",
        "didn't say yes", "haven't said yes", "only asking", "just asking", "was asking", "only looking", "just looking",
        "i did not accept", "i didn't accept", "let him buy", "second thought", "second thoughts", "spoke too soon", "take it back",
        "take that back", "only joking", "was joking", "forget what", "forget about", "for me after all", "cannot afford", "can't afford",
        "any more", "anymore", "no longer", "already sold", "already gone", "has taken it", "already taken", "took it already",
        "it has gone up", "has gone up", "price may change", "price might change", "price will change", "price can change",
        "nothing is agreed", "not agreed", "nothing is fixed", "not fixed", "not fix", "changed my mind", "cannot buy it",
        "i will not buy", "i won't buy", "call it off", "i withdraw", "somewhere else", "go to another",
        "i cancel", "i'm cancelling", "we cancel", "let's cancel", "let us cancel", "cancel everything", "the price went up"];

    public static readonly string[] Changing = ["in the middle", "half way", "halfway", "split the difference", "split it",
        "middle ground", "usual price", "same price as", "the old price", "market price", "price of last", "discount", "percent off",
        "less", "cheaper", "reduce", "take off", "knock off", "off the price", "remove something", "reduce something", "double", "twice",
        "triple", "half the", "on top", "in addition", "add", "extra", "more bags", "minus", "plus", "whatever price", "price on that day",
        "today's price", "their price", "match", "depending", "per cent off", "increase", "raise", "lower it", "come down", "go down",
        "bring it down", "round it", "throw in", "last year's price"];

    // References to another deal: a change where it is the price that they speak of.
    public static readonly string[] Referring = ["as last time", "same as", "like last time", "as before", "as usual", "as always",
        "as yesterday", "like yesterday", "like before", "as the other"];

    public static readonly string[] Farewells = ["save my number", "i've noted", "i have noted", "noted", "i hear you", "thank you",
        "thanks", "bye", "goodbye", "another", "madam bye", "then bye", "then goodbye", "good day"];

    // An okay before or behind it is to that.
    public static readonly string[] Calling = ["i'll call you", "i will call you", "you call me", "call me when"];

    // One parts; what was agreed stays as it is.
    public static readonly string[] Parting = ["lost you", "greet the", "greet them", "greet your", "stay well", "see you", .. Calling];

    public static readonly HashSet<string> Pondering = ["think", "decide", "consider", "consult", "discuss", "check", "talk", "speak",
        "confirm", "ask"];

    public static readonly HashSet<string> Pending = ["let", "must", "need", "have", "should", "give", "will", "i'll", "want", "wait",
        "first", "before", "again", "can"];

    public static readonly HashSet<string> Permitting = ["agrees", "approves", "signs", "allows", "decides", "permits", "confirms", "says",
        "agree", "approve", "sign", "allow"];

    public static readonly HashSet<string> Doing = ["bring", "bringing", "send", "sending", "pack", "packing", "load", "loading", "come",
        "coming", "deliver", "delivering", "offload", "pick", "collect", "book", "wait", "waiting", "start", "pay", "transfer", "wire",
        "write", "count", "drop", "wrap", "keep"];

    /// <summary>Of what is done, what moves the goods or the money.</summary>
    public static readonly HashSet<string> HandingOver = ["bring", "bringing", "send", "sending", "pack", "packing", "load", "loading",
        "deliver", "delivering", "offload", "pick", "collect", "book", "pay", "transfer", "wire", "wrap"];

    /// <summary>What one does on a day when nothing is agreed yet.</summary>
    public static readonly HashSet<string> Meeting = ["see", "back", "think", "ring", "call"];
}
