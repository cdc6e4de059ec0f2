using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Voice.Api.Errors;

/// <summary>Says what is wrong with a request, field by field.</summary>
internal static class InvalidInput
{
    /// <summary>The name of the whole body among the fields.</summary>
    public const string Body = "body";

    /// <summary>What is said of a value that is not even of the right kind.</summary>
    public const string WrongForm = "The value has the wrong type or form.";

    /// <summary>The answer for a request that MVC could not bind or whose validator refused it.</summary>
    public static IActionResult Answer(ActionContext context)
    {
        var bodyParameter = context.ActionDescriptor.Parameters
            .FirstOrDefault(parameter => parameter.BindingInfo?.BindingSource == BindingSource.Body)?.Name;
        var problems = context.ModelState
            .SelectMany(field => field.Value!.Errors.Select(error => (Field: FieldName(field.Key), error.ErrorMessage)))
            // MVC also complains that its own parameter is missing when the body cannot be read.
            .Where(problem => problem.Field != bodyParameter)
            .Select(problem => (problem.Field, problem.Field == Body ? "The body must be a JSON object." : Plain(problem.ErrorMessage)));
        var (status, detail, errors) = Describe(problems);
        return new Refusal(status, detail, errors);
    }

    public static (int Status, string Detail, IReadOnlyDictionary<string, string[]>? Errors) Describe(
        IEnumerable<(string Field, string Sentence)> problems)
    {
        var errors = problems.GroupBy(problem => problem.Field, problem => problem.Sentence, StringComparer.Ordinal)
            .ToDictionary(field => field.Key, field => field.Distinct().ToArray());
        var (field, sentences) = errors.FirstOrDefault();
        return (StatusCodes.Status422UnprocessableEntity, field is null ? "The request is invalid." : $"{field}: {sentences[0]}", errors);
    }

    // The JSON reader names a place as $.parties[1], a validator as parties[1], and the whole body as nothing or $.
    private static string FieldName(string key) => key.TrimStart('$').TrimStart('.') is { Length: > 0 } name ? name : Body;

    // The reader's own sentences name .NET types; the options keep them back and leave this in their place.
    private static string Plain(string sentence) =>
        sentence is "" or "The input was not valid." ? WrongForm : sentence;
}
