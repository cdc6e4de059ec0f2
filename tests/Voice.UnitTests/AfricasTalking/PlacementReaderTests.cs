using System.Net;
using FsCheck;
using FsCheck.Xunit;
using Voice.Application.Conferences;
using Voice.Domain.Recordings;
using Voice.Infrastructure.AfricasTalking;

namespace Voice.UnitTests.AfricasTalking;

public class PlacementReaderTests
{
    [Fact]
    public void The_recorded_queued_answer_is_a_placed_call() =>
        Read(HttpStatusCode.Created, Fixture.Text("call-queued.json")).Should().Be(
            new PlacementAnswer(Placement.Placed, "ATVId_d975fb98317557654018addf8f6cb396"));

    [Fact]
    public void The_recorded_invalid_caller_is_a_refusal_inside_a_success()
    {
        var answer = Read(HttpStatusCode.OK, Fixture.Text("call-invalid-caller.json"));

        answer.Should().Match<PlacementAnswer>(placement => placement.Placement == Placement.Refused
            && placement.Failure == FailureCode.ProviderRefused);
        answer.Reason.Should().Be("Africa's Talking refused the call: Invalid callerId: 0718769881");
    }

    [Fact]
    public void The_recorded_401_is_plain_text()
    {
        var answer = Read(HttpStatusCode.Unauthorized, Fixture.Text("call-401.txt"));

        answer.Failure.Should().Be(FailureCode.ProviderRefused);
        answer.Reason.Should().Be("Africa's Talking refused the call: The supplied authentication is invalid");
    }

    [Theory]
    [InlineData("InvalidPhoneNumber", FailureCode.InvalidNumber)]
    [InlineData("InsufficientCredit", FailureCode.InsufficientCredit)]
    [InlineData("DestinationNotSupported", FailureCode.ProviderRefused)]
    [InlineData("SomethingNew", FailureCode.ProviderRefused)]
    public void A_refused_entry_is_a_refusal(string status, FailureCode failure) =>
        Read(HttpStatusCode.Created,
            $$"""{"entries":[{"phoneNumber":"+254712345678","status":"{{status}}","sessionId":"None"}],"errorMessage":"None"}""")
            .Should().Match<PlacementAnswer>(answer => answer.Placement == Placement.Refused && answer.Failure == failure
                && answer.SessionId == null);

    [Theory]
    [InlineData(200, "<html>hello</html>")]
    [InlineData(200, "")]
    [InlineData(200, "[]")]
    [InlineData(200, "{}")]
    [InlineData(200, """{"entries":"x"}""")]
    [InlineData(200, """{"entries":[1],"errorMessage":"None"}""")]
    [InlineData(200, """{"entries":[],"errorMessage":"None"}""")]
    [InlineData(201, """{"entries":[{"status":"Queued","sessionId":"None"}],"errorMessage":"None"}""")]
    [InlineData(500, "Internal Server Error")]
    [InlineData(302, "")]
    public void Nonsense_leaves_the_outcome_unknown(int status, string body) =>
        Read((HttpStatusCode)status, body).Should().Match<PlacementAnswer>(answer =>
            answer.Placement == Placement.Garbled && answer.Failure == FailureCode.OutcomeUnknown && answer.Reason != null);

    [Fact]
    public void Foreign_words_are_cut_to_one_short_line() =>
        Read(HttpStatusCode.BadRequest, "a\r\nb\0" + new string('x', 5000)).Reason
            .Should().StartWith("Africa's Talking refused the call: a bx").And.HaveLength(34 + 201 + 1);

    [Theory]
    [InlineData("a b")]
    [InlineData("\\ud83d")]
    [InlineData("n/a")]
    [InlineData("é")]
    public void A_session_that_nothing_could_be_kept_under_is_none(string session) =>
        Read(HttpStatusCode.Created, $$"""{"entries":[{"status":"Queued","sessionId":"{{session}}"}]}""").Placement.Should()
            .Be(Placement.Garbled);

    [Property(MaxTest = 2000)]
    public void Whatever_it_answers_is_an_outcome_that_can_be_kept(string? noise, PositiveInt place)
    {
        var whole =
            """{"entries":[{"phoneNumber":"+254712345678","status":"Queued","sessionId":"ATVId_1"}],"errorMessage":"\ud83d\ude00"}""";
        var at = place.Get % whole.Length;
        foreach (var body in new[] { noise ?? "", whole[..at] + noise + whole[at..], whole[..at] + noise })
            foreach (var status in new[] { HttpStatusCode.OK, HttpStatusCode.BadRequest })
            {
                var answer = Read(status, body);

                (answer.SessionId ?? "none").Should().MatchRegex("^[!-~]{1,200}$");
                (answer.Reason ?? "").Any(char.IsControl).Should().BeFalse();
                (answer.Placement == Placement.Placed).Should().Be(answer.Reason is null);
            }
    }

    private static PlacementAnswer Read(HttpStatusCode status, string body) => PlacementReader.Read("Africa's Talking", status, body);
}
