using System.Globalization;
using Voice.Domain.Contracts;

namespace Voice.TestKit;

/// <summary>How often each term was read right, wrongly or not at all.</summary>
internal sealed class Score
{
    private readonly Dictionary<string, (int Right, int Wrong, int Missing)> _counts =
        Negotiation.Terms.ToDictionary(term => term, _ => default((int, int, int)));

    public List<string> Errors { get; } = [];

    public void Add(Negotiation negotiation, ContractTerms terms)
    {
        var read = Negotiation.Written(terms);
        foreach (var term in Negotiation.Terms)
        {
            var (right, wrong, missing) = _counts[term];
            var (agreed, found) = (negotiation.Agreed.GetValueOrDefault(term), read.GetValueOrDefault(term));
            if (agreed is not null && found is not null && Negotiation.Fits(term, agreed, found)) right++;
            else
            {
                if (found is not null) wrong++;
                if (agreed is not null) missing++;
                if (agreed is not null || found is not null)
                    Errors.Add($"{negotiation.Name}: {term} is {agreed ?? "null"}, read as {found ?? "null"}");
            }
            _counts[term] = (right, wrong, missing);
        }
    }

    public double Precision(string term) => _counts[term] is var (right, wrong, _) && right + wrong > 0
        ? right / (double)(right + wrong) : 1;

    public double Recall(string term) => _counts[term] is var (right, _, missing) && right + missing > 0
        ? right / (double)(right + missing) : 1;

    public string Table() => string.Join('\n', Negotiation.Terms.Select(term =>
        string.Create(CultureInfo.InvariantCulture, $"| {term} | {Precision(term):F2} | {Recall(term):F2} | "
            + $"{_counts[term].Right} | {_counts[term].Wrong} | {_counts[term].Missing} |")));
}
