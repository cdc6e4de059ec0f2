namespace Voice.Domain.Reading;

/// <summary>What a party's number says of its country: whose shillings are meant where nobody says so, and which day it is there.</summary>
public static class Region
{
    /// <summary>A currency that nobody can tell (ISO 4217: no currency).</summary>
    internal const string Unknown = "XXX";

    private static readonly (string Prefix, string Code)[] FrancsOf =
    [
        ("+250", "RWF"), ("+257", "BIF"), ("+243", "CDF"), ("+253", "DJF"), ("+224", "GNF"), ("+269", "KMF"),
        ("+221", "XOF"), ("+223", "XOF"), ("+225", "XOF"), ("+226", "XOF"), ("+227", "XOF"), ("+228", "XOF"), ("+229", "XOF"),
        ("+245", "XOF"), ("+235", "XAF"), ("+236", "XAF"), ("+237", "XAF"), ("+240", "XAF"), ("+241", "XAF"), ("+242", "XAF"),
    ];

    // Countries of the service: none of them keeps summer time.
    private static readonly (string Prefix, string Shillings, int HoursFromUtc)[] Countries =
    [
        ("+254", "KES", 3), ("+255", "TZS", 3), ("+256", "UGX", 3), ("+252", "SOS", 3), ("+251", "KES", 3), ("+253", "KES", 3),
            ("+250", "KES", 2), ("+257", "KES", 2),
        ("+211", "KES", 2), ("+249", "KES", 2), ("+243", "KES", 2), ("+260", "KES", 2), ("+263", "KES", 2), ("+265", "KES", 2),
            ("+267", "KES", 2), ("+264", "KES", 2),
        ("+258", "KES", 2), ("+27", "KES", 2), ("+234", "KES", 1), ("+237", "KES", 1), ("+229", "KES", 1), ("+235", "KES", 1),
            ("+241", "KES", 1), ("+242", "KES", 1),
    ];

    /// <summary>ISO 4217 code of the shillings that are meant; Kenya's where the number says nothing.</summary>
    /// <param name="phone">A number in E.164 form.</param>
    public static string Shillings(string? phone) => Of(phone)?.Shillings ?? "KES";

    /// <summary>ISO 4217 code of the francs that are meant; <see cref="Unknown"/> where the number does not say.</summary>
    /// <param name="phone">A number in E.164 form.</param>
    public static string Francs(string? phone) => FrancsOf.FirstOrDefault(country =>
        phone?.StartsWith(country.Prefix, StringComparison.Ordinal) == true).Code ?? Unknown;

    /// <summary>ISO 4217 code of the kwacha that are meant; Zambia's where the number is not of Malawi.</summary>
    /// <param name="phone">A number in E.164 form.</param>
    public static string Kwacha(string? phone) => phone?.StartsWith("+265", StringComparison.Ordinal) == true ? "MWK" : "ZMW";

    /// <summary>The day in the party's zone; that of UTC where the country is not known or lies on it.</summary>
    /// <param name="phone">A number in E.164 form.</param>
    /// <param name="moment">A moment.</param>
    public static DateOnly Day(string? phone, DateTimeOffset moment) =>
        DateOnly.FromDateTime(moment.UtcDateTime.AddHours(Of(phone)?.HoursFromUtc ?? 0));

    private static (string Prefix, string Shillings, int HoursFromUtc)? Of(string? phone)
    {
        foreach (var country in Countries) if (phone?.StartsWith(country.Prefix, StringComparison.Ordinal) == true) return country;
        return null;
    }
}
