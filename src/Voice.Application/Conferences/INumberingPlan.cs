using Voice.Domain.Recordings;

namespace Voice.Application.Conferences;

/// <summary>The world's numbering plans.</summary>
public interface INumberingPlan
{
    /// <summary>
    /// Whether a number of this length can exist in its country. Not whether it is assigned: plans change and the provider has the last
    /// word.
    /// </summary>
    bool IsPossible(PhoneNumber number);
}
