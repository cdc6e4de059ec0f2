using System.Security.Cryptography;
using System.Text;

namespace Voice.TestKit.Faults;

/// <summary>
/// Chance that a seed repeats: each decision has a name and dice of its own, so that it does not depend on which thread asks first.
/// </summary>
internal static class Chance
{
    public static Random Of(int seed, string decision) =>
        new(BitConverter.ToInt32(SHA256.HashData(Encoding.UTF8.GetBytes($"{seed} {decision}"))));
}
