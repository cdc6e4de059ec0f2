using System.Globalization;
using System.Xml.Linq;
using Voice.Domain.Recordings;

namespace Voice.Infrastructure.AfricasTalking;

/// <summary>Writes the XML that tells the provider what to do with a running call.</summary>
internal static class CallActions
{
    // The declaration must be the very first bytes of the answer.
    private const string Declaration = """<?xml version="1.0" encoding="UTF-8"?>""";

    /// <summary>Nothing new: let the call go on.</summary>
    public const string CarryOn = Declaration + "<Response/>";

    /// <summary>Only the first party hears this; the provider has no way to speak to both.</summary>
    public const string RecordingNotice =
        "This call is recorded, so that both parties can rely on what is agreed. Please hold while we connect the other party.";

    public static string Bridge(IReadOnlyList<PhoneNumber> parties, TimeSpan longestCall, string callerId)
    {
        var dial = new XElement("Dial",
            new XAttribute("record", "true"),
            new XAttribute("sequential", "true"),
            new XAttribute("phoneNumbers", string.Join(',', parties.Select(party => party.Value))),
            new XAttribute("maxDuration", ((int)longestCall.TotalSeconds).ToString(CultureInfo.InvariantCulture)));
        if (callerId.Length > 0) dial.Add(new XAttribute("callerId", callerId));
        var response = new XElement("Response", new XElement("Say", RecordingNotice), dial);
        return Declaration + response.ToString(SaveOptions.DisableFormatting).Replace(" />", "/>", StringComparison.Ordinal);
    }
}
