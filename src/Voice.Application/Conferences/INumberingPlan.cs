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

    /// <summary>
    /// Reads a number however people and networks write it: <c>tel:+254…</c>, <c>00254…</c>, <c>254…</c>, <c>0710 010 032</c>.
    /// </summary>
    /// <param name="text">The number as written.</param>
    /// <param name="compatriot">A number of the country that one without country code is of; null: such a number cannot be read.</param>
    /// <returns>The number; null when it cannot be read.</returns>
    PhoneNumber? Read(string text, PhoneNumber? compatriot = null);

    /// <summary>The number as people write it, in groups and with its country code: <c>+254 712 345678</c>.</summary>
    string Write(PhoneNumber number);
}
