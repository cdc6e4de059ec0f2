namespace Voice.Domain.Reading;

/// <summary>The words around a figure that say what it is about. Lists, so that a new word is a change of one line.</summary>
internal static class Cues
{
    public static readonly string[] TotalAfter = ["in total", "total", "altogether", "all together", "together", "for everything",
        "for all",
        "for the whole", "for the lot", "in all", "all in", "flat", "jumla", "for both", "for them all", "for all of it",
        "for all of them", "the whole lot"];

    public static readonly HashSet<string> TotalBefore = ["total", "altogether", "sum", "comes", "makes", "jumla", "totals"];

    public static readonly HashSet<string> LoanBefore = ["lend", "loan", "borrow", "lending", "lent"];

    public static readonly string[] UpfrontAfter = ["upfront", "up front", "in advance", "advance", "deposit", "as a deposit",
        "as deposit", "as advance", "as an advance", "down payment", "before delivery", "before loading", "before i load",
        "when you order", "when ordering", "to start", "to begin", "to book", "to reserve", "to secure", "to confirm the", "to block",
        "to hold", "to keep", "before we", "before you", "before i", "before starting", "before the work", "now and", "today and",
        "first and", "as booking", "as commitment"];

    /// <summary>The same, where paying is spoken of.</summary>
    public static readonly string[] NowAfter = ["down", "first", "now", "today"];

    public static readonly HashSet<string> UpfrontBefore = ["deposit", "advance", "upfront", "downpayment"];

    /// <summary>What is said of a case that may not be this one.</summary>
    public static readonly string[] Conditions = ["if you", "if i", "if we", "if it is", "if it's", "if they", "for orders",
        "when you take", "when you buy", "when we buy", "when i buy", "in case", "next order", "next time", "second order",
        "another order"];

    /// <summary>What one currency costs in another.</summary>
    public static readonly string[] Exchange = ["the dollar is", "the dollar at", "a dollar is", "dollar is at", "dollar goes",
        "per dollar", "to the dollar", "to a dollar", "exchange rate", "rate of exchange", "exchange is", "bank gives", "bureau gives"];

    /// <summary>Why something is paid before the rest: "to book me you send ten percent".</summary>
    public static readonly string[] Booking = ["to book", "to start", "to begin", "to reserve", "to secure", "to block", "to hold",
        "booking fee", "to start with"];

    /// <summary>What is paid beside the price, or for something that may happen.</summary>
    public static readonly HashSet<string> SideCosts = ["transport", "transportation", "fare", "loading", "offloading", "unloading", "fee",
        "fees", "penalty", "penalties", "commission", "broker", "brokers", "brokerage", "tax", "vat", "levy", "cess", "insurance",
        "packing", "packaging", "storage", "waiting", "cancel", "cancels", "late", "delay", "interest", "toll", "parking", "permit", "tip",
        "stop", "stops", "agent", "middleman", "porter", "porters", "loaders", "freight", "licence", "license", "charges", "demurrage",
        "quickpay", "electricity", "bonus", "profit", "bribe", "lunch", "spend", "repairs"];

    /// <summary>Of these a figure is a part of the price, told apart from it.</summary>
    public static readonly HashSet<string> Remainder = ["balance", "remaining", "rest", "remainder", "remains", "owe", "owes", "debt",
        "instalments", "installments", "instalment", "payments"];

    /// <summary>Prices of other days and other people.</summary>
    public static readonly string[] Hearsay = ["cost me", "costs me", "sometimes", "usually", "the market is", "my budget", "our budget",
        "budget is", "last year", "last month", "last week", "last season", "last time", "last december", "the other day",
        "the other time", "yesterday", "others", "another one", "used to", "in the market", "elsewhere", "neighbour",
        "neighbor", "neighbours", "somebody else", "someone else", "somebody", "someone", "my brother", "my friend sold", "they pay",
        "they sell", "they are selling", "they give", "they offer", "they want", "he paid", "he sold", "she paid", "she sold", "he gave",
        "she gave", "over there", "has them for", "has it for", "has them at", "has it at",
        "sells them", "sells it", "market price", "at first", "similar ones", "in the past", "previously", "the old price", "old price",
        "in town",
        "next time", "next year", "next season", "next month it", "you told my", "people pay", "people sell", "everybody", "everyone",
        "competitor", "supermarket", "before christmas", "that time", "wanted", "ago"];

    /// <summary>Whose prices they are when "other" or "another" stands before.</summary>
    public static readonly HashSet<string> Traders = ["people", "stall", "shop", "store", "seller", "buyer", "trader", "customer", "driver",
        "farmer", "dealer", "supplier", "transporter", "mechanic", "carpenter", "painter", "mason", "tailor", "company", "man", "woman",
        "lady", "guy", "place", "market", "town"];

    /// <summary>Who is no party of the talk.</summary>
    public static readonly HashSet<string> Others = ["they", "they're", "he", "he's", "she", "she's", "people"];

    /// <summary>Who is.</summary>
    public static readonly HashSet<string> Parties = ["i", "i'm", "i'll", "we", "we're", "we'll", "you", "you're", "you'll", "us"];

    /// <summary>What one does with a price.</summary>
    public static readonly HashSet<string> Offering = ["pay", "pays", "paying", "sell", "sells", "selling", "give", "gives", "giving",
        "offer", "offers", "offering", "offered", "want", "wants", "charge", "charges", "charging", "ask", "asks", "asking", "buy", "buys",
        "buying", "take", "takes"];

    /// <summary>What one undertakes with it.</summary>
    public static readonly HashSet<string> Undertaking = ["pay", "send", "give", "transfer", "bring", "take", "deposit", "buy"];

    /// <summary>Done deals: what was bought, sold or paid before this talk.</summary>
    public static readonly HashSet<string> Past = ["bought", "sold", "paid", "took", "gave", "had", "ordered", "charged", "supplied",
        "was", "were", "lost", "sent", "already", "worth", "saved"];

    /// <summary>Before a number: only about.</summary>
    public static readonly HashSet<string> About = ["about", "around", "roughly", "maybe", "perhaps", "almost", "nearly", "approximately",
        "probably", "possibly", "between", "kama", "might", "think", "hope", "hoping"];

    /// <summary>The same, in two words.</summary>
    public static readonly string[] MayBe = ["may be", "could be", "can be", "may reach", "could reach", "speak of", "speak about",
        "talk of", "talk about", "think of", "think about"];

    public static readonly HashSet<string> StockWords = ["have", "has", "remaining", "left", "store", "stock", "available", "harvested",
        "got", "there"];

    /// <summary>How many men, what time, which year: numbers that are counted for another purpose.</summary>
    public static readonly HashSet<string> Labels = ["number", "grade", "class", "type", "size", "room", "plot", "gate", "stage", "page",
        "code", "pin", "extension", "line", "chapter", "kcc", "model", "acre", "route", "door", "floor", "stall", "till", "paybill",
        "account", "saa"];
}
