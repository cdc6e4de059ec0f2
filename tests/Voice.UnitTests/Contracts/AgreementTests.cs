using FsCheck.Xunit;
using Voice.Domain.Contracts;
using Voice.Domain.Recordings;

namespace Voice.UnitTests.Contracts;

public class AgreementTests
{
    private static readonly DateTimeOffset ConfirmBy = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);
    private static readonly PhoneNumber[] Phones = [
        .. ((string[])["+254712345678", "+254787654321", "+256712345678"]).Select(PhoneNumber.Parse)];

    // Every pair of two parties' decisions, before and from the last moment on.
    [Theory]
    [InlineData(null, null, AgreementStatus.Pending, AgreementStatus.Expired)]
    [InlineData(Decision.Confirmed, null, AgreementStatus.Pending, AgreementStatus.Expired)]
    [InlineData(null, Decision.Confirmed, AgreementStatus.Pending, AgreementStatus.Expired)]
    [InlineData(Decision.Confirmed, Decision.Confirmed, AgreementStatus.Confirmed, AgreementStatus.Confirmed)]
    [InlineData(Decision.Rejected, null, AgreementStatus.Rejected, AgreementStatus.Rejected)]
    [InlineData(null, Decision.Rejected, AgreementStatus.Rejected, AgreementStatus.Rejected)]
    [InlineData(Decision.Rejected, Decision.Confirmed, AgreementStatus.Rejected, AgreementStatus.Rejected)]
    [InlineData(Decision.Confirmed, Decision.Rejected, AgreementStatus.Rejected, AgreementStatus.Rejected)]
    [InlineData(Decision.Rejected, Decision.Rejected, AgreementStatus.Rejected, AgreementStatus.Rejected)]
    public void What_the_whole_has_come_to(Decision? first, Decision? second, AgreementStatus inTime, AgreementStatus afterwards)
    {
        var agreement = Of([new(Phones[0], first), new(Phones[1], second)]);

        agreement.StatusAt(ConfirmBy.AddMilliseconds(-1)).Should().Be(inTime);
        agreement.StatusAt(ConfirmBy).Should().Be(afterwards);
    }

    // The transition table: from each status, each decision of a party that has not decided.
    [Theory]
    [InlineData(AgreementStatus.Pending, Decision.Confirmed, null)]
    [InlineData(AgreementStatus.Pending, Decision.Rejected, null)]
    [InlineData(AgreementStatus.Confirmed, Decision.Confirmed, Obstacle.DecidedBefore)]
    [InlineData(AgreementStatus.Confirmed, Decision.Rejected, Obstacle.DecidedBefore)]
    [InlineData(AgreementStatus.Rejected, Decision.Confirmed, Obstacle.NothingToDecide)]
    [InlineData(AgreementStatus.Rejected, Decision.Rejected, Obstacle.NothingToDecide)]
    [InlineData(AgreementStatus.Expired, Decision.Confirmed, Obstacle.NothingToDecide)]
    [InlineData(AgreementStatus.Expired, Decision.Rejected, Obstacle.NothingToDecide)]
    public void What_may_be_decided(AgreementStatus status, Decision decision, Obstacle? obstacle)
    {
        var agreement = status switch
        {
            AgreementStatus.Pending or AgreementStatus.Expired => Of([new(Phones[0], Decision.Confirmed), new(Phones[1])]),
            AgreementStatus.Confirmed => Of([new(Phones[0], Decision.Confirmed), new(Phones[1], Decision.Confirmed)]),
            AgreementStatus.Rejected => Of([new(Phones[0], Decision.Rejected), new(Phones[1])]),
        };
        var now = status == AgreementStatus.Expired ? ConfirmBy : ConfirmBy.AddHours(-1);
        agreement.StatusAt(now).Should().Be(status);

        agreement.Decide(Phones[1], decision, DecisionChannel.Api, now).Should().Be(obstacle);

        agreement.DecisionOf(Phones[1]).Should()
            .Be(obstacle is null ? decision : status == AgreementStatus.Confirmed ? Decision.Confirmed : null);
        agreement.Decide(Phones[2], decision, DecisionChannel.Api, now).Should().Be(Obstacle.NoParty);
    }

    /// <summary>Any order of the parties' decisions, any of them repeated, with any time between: the same end.</summary>
    [Property(MaxTest = 2000)]
    public void The_end_does_not_ask_for_the_order(bool?[] decisions, int seed, bool isLate)
    {
        var said = decisions.Take(3).Select((decision, index) => (Phone: Phones[index], Decision: decision switch
        {
            true => Decision.Confirmed,
            false => Decision.Rejected,
            null => (Decision?)null,
        })).ToList();
        if (said.Count == 0) return;
        var end = Play(said);
        var random = new Random(seed);
        var shuffled = said.Concat(said).OrderBy(_ => random.Next()).ToList();

        Play(shuffled).Should().Be(end);
        // By the last moment, whoever asks is told the same, and for ever.
        var last = isLate ? AgreementStatus.Expired : AgreementStatus.Pending;
        end.Should().Be(said.Any(one => one.Decision == Decision.Rejected) && !isLate ? AgreementStatus.Rejected
            : said.All(one => one.Decision == Decision.Confirmed) && !isLate ? AgreementStatus.Confirmed : last);

        AgreementStatus Play(List<(PhoneNumber Phone, Decision? Decision)> order)
        {
            var agreement = Of([.. said.Select(one => new Signatory(one.Phone))]);
            var now = isLate ? ConfirmBy : ConfirmBy.AddHours(-1);
            foreach (var (phone, decision) in order)
            {
                now = now.AddSeconds(1);
                if (decision is { } known) agreement.Decide(phone, known, DecisionChannel.TextMessage, now);
            }
            var status = agreement.StatusAt(now);
            if (status is not AgreementStatus.Pending) agreement.StatusAt(ConfirmBy.AddYears(1)).Should().Be(status, "an end is an end");
            return status;
        }
    }

    [Fact]
    public void What_is_decided_is_told_once_with_masked_numbers_and_what_is_not_decided_is_not_told()
    {
        var agreement = Of([.. Phones.Take(2).Select(phone => new Signatory(phone))]);
        var now = ConfirmBy.AddHours(-1);

        foreach (var phone in Phones.Concat(Phones)) agreement.Decide(phone, Decision.Confirmed, DecisionChannel.TextMessage, now);
        agreement.PassDeadline(ConfirmBy);

        agreement.News.Should().Equal(
            new TimelineEntry(now, TimelineKind.ContractConfirmed, "ctr_1 by +2547…678 (text_message)"),
            new TimelineEntry(now, TimelineKind.ContractConfirmed, "ctr_1 by +2547…321 (text_message), the last of all"));
    }

    [Theory]
    [InlineData(AgreementStatus.Pending, 0, true)]
    [InlineData(AgreementStatus.Pending, -1, false)]
    [InlineData(AgreementStatus.Expired, 0, false)]
    public void That_time_is_over_is_told_once_and_as_of_the_last_moment(AgreementStatus storedAs, int milliseconds, bool isTold)
    {
        var agreement = new Agreement
        {
            ContractId = "ctr_1",
            ConfirmBy = ConfirmBy,
            Parties = [new(Phones[0]), new(Phones[1])],
            StoredAs = storedAs,
        };

        agreement.PassDeadline(ConfirmBy.AddMilliseconds(milliseconds));

        agreement.News.Should().Equal(isTold ? [new(ConfirmBy, TimelineKind.ContractExpired, "ctr_1")] : Array.Empty<TimelineEntry>());
    }

    [Fact]
    public void Names_lead_back_to_what_they_name()
    {
        foreach (var status in Enum.GetValues<AgreementStatus>()) (
            AgreementNames.TryParse(status.Name(), out var read) ? read : (AgreementStatus?)null).Should().Be(status);
        foreach (var status in Enum.GetValues<AgreementStatus>()) AgreementNames.ParseStatus(status.Name()).Should().Be(status);
        foreach (var decision in Enum.GetValues<Decision>()) AgreementNames.ParseDecision(decision.Name()).Should().Be(decision);
        foreach (var state in Enum.GetValues<MessageState>()) MessageStates.Parse(state.Name()).Should().Be(state);
        foreach (var role in Enum.GetValues<PartyRole>()) PartyRoles.Parse(role.Name()).Should().Be(role);
        FluentActions.Invoking(() => PartyRoles.Parse("owner")).Should().Throw<FormatException>();
    }

    private static Agreement Of(IReadOnlyList<Signatory> parties) =>
        new() { ContractId = "ctr_1", ConfirmBy = ConfirmBy, Parties = parties };
}
