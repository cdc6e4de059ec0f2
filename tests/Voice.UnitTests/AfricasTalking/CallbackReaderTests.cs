using Voice.Application.Webhooks;
using Voice.Domain.Recordings;
using Voice.Infrastructure.AfricasTalking;

namespace Voice.UnitTests.AfricasTalking;

public class CallbackReaderTests
{
    [Fact]
    public void The_recorded_answered_event_is_read()
    {
        var report = Read(Fixture.Form(Fixture.Text("event-answered.form")));

        report.SessionId.Should().Be("ATVId_11163e2ea9a58f3a7999fecda8eeb43a");
        report.IsFinal.Should().BeFalse();
        report.FirstParty.Should().Be(PartyState.Answered);
        report.OtherParty.Should().Be(PartyState.Waiting);
    }

    [Fact]
    public void The_recorded_ringing_event_says_active_but_nobody_is_on_the_line_yet() =>
        Read(Fixture.Form(Fixture.Text("event-ringing.form"))).FirstParty.Should().Be(PartyState.Ringing);

    [Fact]
    public void The_recorded_busy_event_is_final()
    {
        var report = Read(Fixture.Form(Fixture.Text("event-final-busy.form")));

        report.IsFinal.Should().BeTrue();
        report.Failure.Should().Be(FailureCode.Busy);
    }

    [Theory]
    [InlineData("status=NotAnswered&hangupCause=USER_BUSY", FailureCode.Busy)]
    [InlineData("status=NotAnswered&hangupCause=NO_ANSWER", FailureCode.NoAnswer)]
    [InlineData("status=NotAnswered&hangupCause=NO_USER_RESPONSE", FailureCode.NoAnswer)]
    [InlineData("status=NotAnswered&hangupCause=SUBSCRIBER_ABSENT", FailureCode.NoAnswer)]
    [InlineData("status=NotAnswered&hangupCause=CALL_REJECTED", FailureCode.Rejected)]
    [InlineData("status=NotAnswered", FailureCode.NoAnswer)]
    [InlineData("callSessionState=Busy", FailureCode.Busy)]
    [InlineData("callSessionState=Rejected", FailureCode.Rejected)]
    [InlineData("status=NotAnswered&hangupCause=UNALLOCATED_NUMBER", FailureCode.InvalidNumber)]
    [InlineData("status=Aborted&hangupCause=NORMAL_CLEARING", FailureCode.Failed)]
    [InlineData("status=Failed", FailureCode.Failed)]
    [InlineData("status=Success&dialStartTime=None", FailureCode.PartyUnreachable)]
    [InlineData("status=Success&dialDurationInSeconds=0", FailureCode.PartyUnreachable)]
    [InlineData("status=Success&lastBridgeHangupCause=NO_ANSWER", FailureCode.PartyUnreachable)]
    [InlineData("status=Success&lastBridgeHangupCause=NORMAL_CLEARING", null)]
    [InlineData("status=Success&durationInSeconds=342", null)]
    [InlineData("status=Success&dialDurationInSeconds=42&lastBridgeHangupCause=NORMAL_TEMPORARY_FAILURE", null)]
    [InlineData("callSessionState=Completed", null)]
    [InlineData("callSessionState=SomethingNew", null)]
    [InlineData("status=Aborted&recordingUrl=https%3A%2F%2Fa.at-internal.com%2F1.mp3", null)]
    public void A_final_event_means(string fields, FailureCode? failure) =>
        Read(Fixture.Form("isActive=0&sessionId=S&" + fields)).Failure.Should().Be(failure);

    [Theory]
    [InlineData("callSessionState=Ringing", PartyState.Ringing, PartyState.Waiting)]
    [InlineData("callSessionState=Answered", PartyState.Answered, PartyState.Waiting)]
    [InlineData("callSessionState=Active&callStartTime=2021-10-13+19:10:16", PartyState.Answered, PartyState.Waiting)]
    [InlineData("callSessionState=Active&callStartTime=None", PartyState.Ringing, PartyState.Waiting)]
    [InlineData("callSessionState=Dialing&dialDestinationNumber=254787654321", PartyState.Answered, PartyState.Dialled)]
    [InlineData("callSessionState=Bridged", PartyState.Bridged, PartyState.Bridged)]
    [InlineData("callSessionState=Completed", PartyState.Dialled, PartyState.Waiting)]
    [InlineData("callSessionState=", PartyState.Dialled, PartyState.Waiting)]
    public void An_active_event_means(string fields, PartyState first, PartyState other)
    {
        var report = Read(Fixture.Form("isActive=1&sessionId=S&" + fields));

        report.IsFinal.Should().BeFalse("isActive decides, never the state");
        (report.FirstParty, report.OtherParty).Should().Be((first, other));
    }

    [Theory]
    [InlineData("""{"sessionId":"conf_1","recordingUrl":"https://a.at-internal.com/1.mp3","duration":342}""", null, 342)]
    [InlineData("""{"sessionId":"conf_1","status":"completed","duration":"342"}""", null, 342)]
    [InlineData("""{"sessionId":"conf_1","status":"no-answer","phoneNumber":null}""", FailureCode.NoAnswer, null)]
    [InlineData("""{"sessionId":"conf_1","status":"busy"}""", FailureCode.Busy, null)]
    [InlineData("""{"sessionId":"conf_1","status":"failed"}""", FailureCode.Failed, null)]
    public void The_short_vocabulary_is_always_final(string json, FailureCode? failure, int? seconds)
    {
        var report = Read(Fixture.Json(json));

        report.IsFinal.Should().BeTrue();
        report.Failure.Should().Be(failure);
        report.ConversationSeconds.Should().Be(seconds);
    }

    [Theory]
    [InlineData("isActive=1", "sessionId")]
    [InlineData("", "sessionId")]
    [InlineData("sessionId=None&isActive=0", "sessionId")]
    [InlineData("sessionId=a%00b&isActive=0", "sessionId")]
    [InlineData("sessionId=S&duration=-5", "duration")]
    [InlineData("sessionId=S&duration=99999999999", "duration")]
    [InlineData("sessionId=S&duration=%D9%A3%D9%A4", "duration")]
    [InlineData("sessionId=S&isActive=0&durationInSeconds=1.5", "durationInSeconds")]
    [InlineData("sessionId=S&recordingUrl=abc", "recordingUrl")]
    [InlineData("sessionId=S&recordingUrl=file%3A%2F%2F%2Fetc%2Fpasswd", "recordingUrl")]
    [InlineData("sessionId=S&recordingUrl=javascript%3Aalert(1)", "recordingUrl")]
    [InlineData("sessionId=S&status=done", "status")]
    [InlineData("sessionId=S&isActive=2", "isActive")]
    public void An_unreadable_form_names_the_field(string body, string field) =>
        CallbackReader.Read(Fixture.Form(body))
            .Should().Match<ReadCallback>(read => read.Report == null && read.Problems.ContainsKey(field));

    [Theory]
    [InlineData("not json", "body")]
    [InlineData("[]", "body")]
    [InlineData("null", "body")]
    [InlineData("""{"sessionId":{"a":1}}""", "sessionId")]
    [InlineData("""{"sessionId":"S","a":[[[[[[[[[[[[]]]]]]]]]]]]}""", "body")]
    public void Unreadable_json_names_the_field(string body, string field) =>
        CallbackReader.Read(Fixture.Json(body))
            .Should().Match<ReadCallback>(read => read.Report == null && read.Problems.ContainsKey(field));

    [Fact]
    public void The_same_members_in_another_order_or_encoding_are_the_same_report()
    {
        var form = CallbackReader.Read(Fixture.Form("sessionId=S&duration=5"));

        CallbackReader.Read(Fixture.Form("duration=5&sessionId=S")).Digest.Should().Be(form.Digest);
        CallbackReader.Read(Fixture.Json("""{"duration":5,"sessionId":"S"}""")).Digest.Should().Be(form.Digest);
        CallbackReader.Read(Fixture.Form("sessionId=S&duration=6")).Digest.Should().NotBe(form.Digest);
    }

    [Fact]
    public void The_description_carries_nothing_personal()
    {
        var report = Read(Fixture.Form("isActive=1&sessionId=S&callerNumber=%2B254712345678&callSessionState=%2B254712345678%3Cscript%3E"));

        report.Description.Should().Be("script");
    }

    private static CallEvent Read(RawCallback callback)
    {
        var read = CallbackReader.Read(callback);
        read.Problems.Should().BeEmpty();
        return read.Report!;
    }
}
