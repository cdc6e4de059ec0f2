using PhoneNumbers;
using Voice.Application.Conferences;
using PhoneNumber = Voice.Domain.Recordings.PhoneNumber;

namespace Voice.Infrastructure.Phones;

internal sealed class NumberingPlan : INumberingPlan
{
    private readonly PhoneNumberUtil _plan = PhoneNumberUtil.GetInstance();

    public bool IsPossible(PhoneNumber number)
    {
        try
        {
            return _plan.IsPossibleNumber(_plan.Parse(number.Value, defaultRegion: null));
        }
        catch (NumberParseException)
        {
            return false; // A country code that no country has.
        }
    }
}
