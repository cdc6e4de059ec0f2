using PhoneNumbers;
using Voice.Application.Conferences;
using PhoneNumber = Voice.Domain.Recordings.PhoneNumber;

namespace Voice.Infrastructure.Phones;

internal sealed class NumberingPlan : INumberingPlan
{
    private readonly PhoneNumberUtil _plan = PhoneNumberUtil.GetInstance();

    public bool IsPossible(PhoneNumber number) => Read(number.Value, region: null) is not null;

    public PhoneNumber? Read(string text, PhoneNumber? compatriot = null)
    {
        var written = string.Concat(text.Where(character => char.IsAsciiDigit(character) || character == '+'));
        if (written.StartsWith("00", StringComparison.Ordinal)) written = "+" + written[2..];
        // Networks leave the + out, so what does not begin as local numbers do is one with its country code, if there can be such a one.
        return (written.StartsWith('0') ? null : Read(written.StartsWith('+') ? written : "+" + written, region: null))
            ?? (compatriot is { } neighbour && !written.StartsWith('+') ? Read(written, RegionOf(neighbour)) : null);
    }

    public string Write(PhoneNumber number) =>
        _plan.Format(_plan.Parse(number.Value, defaultRegion: null), PhoneNumberFormat.INTERNATIONAL);

    private PhoneNumber? Read(string text, string? region)
    {
        try
        {
            var number = _plan.Parse(text, region);
            return _plan.IsPossibleNumber(number) && PhoneNumber.TryParse(_plan.Format(number, PhoneNumberFormat.E164), out var read)
                ? read : null;
        }
        catch (NumberParseException)
        {
            return null; // A country code that no country has, or no number at all.
        }
    }

    private string? RegionOf(PhoneNumber number) =>
        _plan.GetRegionCodeForCountryCode(_plan.Parse(number.Value, defaultRegion: null).CountryCode);
}
