using System.Net;
using Voice.Application.Contracts;
using Voice.Infrastructure.AfricasTalking;

namespace Voice.UnitTests.AfricasTalking;

public class AfricasTalkingSmsTests
{
    [Theory]
    [InlineData(100, SmsOutcome.Accepted)]
    [InlineData(101, SmsOutcome.Accepted)]
    [InlineData(102, SmsOutcome.Accepted)]
    [InlineData(401, SmsOutcome.Refused)]
    [InlineData(403, SmsOutcome.Refused)]
    [InlineData(405, SmsOutcome.Refused)]
    [InlineData(500, SmsOutcome.NotSent)]
    [InlineData(502, SmsOutcome.NotSent)]
    public void What_counts_is_the_recipients_own_code_whatever_the_status(int code, SmsOutcome outcome) =>
        AfricasTalkingSms.Read(HttpStatusCode.Created, $$$"""{"SMSMessageData":{"Message":"Sent to 1/1","Recipients":[{"statusCode":{{{code}}},"number":"+254712345678","status":"said"}]}}""")
            .Should().Be(new SmsAnswer(outcome, "said"));

    [Theory]
    [InlineData(201, """{"SMSMessageData":{"Message":"InvalidSenderId","Recipients":[]}}""", SmsOutcome.Refused)]
    [InlineData(401, "The supplied authentication is invalid", SmsOutcome.Refused)]
    [InlineData(201, "<html>", SmsOutcome.Unknown)]
    [InlineData(201, "{}", SmsOutcome.Unknown)]
    [InlineData(500, "", SmsOutcome.Unknown)]
    [InlineData(201, "null", SmsOutcome.Unknown)]
    [InlineData(201, """{"SMSMessageData":7}""", SmsOutcome.Unknown)]
    [InlineData(201, """{"SMSMessageData":{"Recipients":{}}}""", SmsOutcome.Unknown)]
    [InlineData(201, """{"SMSMessageData":{"Recipients":[7]}}""", SmsOutcome.Unknown)]
    [InlineData(201, """{"SMSMessageData":{"Recipients":[{"statusCode":99999999999}]}}""", SmsOutcome.Unknown)]
    [InlineData(201, """{"SMSMessageData":{"Recipients":[{"statusCode":{}}]}}""", SmsOutcome.Unknown)]
    [InlineData(201, """{"SMSMessageData":{"Message":"\ud800","Recipients":[]}}""", SmsOutcome.Refused)]
    public void An_answer_without_a_recipient_is_no_acceptance(int status, string body, SmsOutcome outcome) =>
        AfricasTalkingSms.Read((HttpStatusCode)status, body).Outcome.Should().Be(outcome);

    [Theory]
    [InlineData("101")]
    [InlineData("\"101\"")]
    public void An_accepted_message_is_accepted_however_odd_its_words(string code) =>
        AfricasTalkingSms.Read(HttpStatusCode.Created, $$$"""{"SMSMessageData":{"Recipients":[{"statusCode":{{{code}}},"status":"\ud800","x":"\u0000"}]}}""")
            .Outcome.Should().Be(SmsOutcome.Accepted);
}
